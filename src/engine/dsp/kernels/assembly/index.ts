export { minMaxBlocks, minMaxPairs } from './min-max'
export { resampleBetweenPhases, resampleByPhases } from './resample'
export { transformFrames } from './spectrogram'
