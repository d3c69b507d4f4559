export { minMaxBlocks, minMaxPairs } from './min-max'
export { transformFrames } from './spectrogram'
