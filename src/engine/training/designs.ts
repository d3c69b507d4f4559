import { spectrogramArchitecture } from './architecture-2d'
import type { Architecture } from './architectures'
import { waveformArchitecture } from './architectures'
import type { AugmentationSettings } from './augmentation'
import type { HeadSettings } from './head-trainer'

/** A network and how it is trained: everything that was chosen in docs/experiments.md. */
export interface Design {
  readonly id: string
  readonly version: string
  readonly summary: { readonly en: string; readonly 'zh-CN': string }
  readonly architecture: Architecture
  readonly head: HeadSettings
  readonly data: DataSettings
  readonly leastSourceRateHz: number
  /** the longest recordings that false alarms were counted on: an event as long is no longer chance */
  readonly sustainedEventSeconds: number
}

/** What is trained on beside the recordings of the manifest. */
export interface DataSettings {
  readonly leastHealthyCount: number
  readonly pieceSeconds: number
  readonly syntheticCount: number
  readonly syntheticSeconds: number
  readonly augmentation: AugmentationSettings | undefined
  /** made faults mixed into real healthy recordings; undefined = none */
  readonly mixedSnrDb: { readonly low: number; readonly high: number } | undefined
}

const sharedData: DataSettings = {
  leastHealthyCount: 10,
  pieceSeconds: 0.5,
  syntheticCount: 100,
  syntheticSeconds: 1,
  augmentation: {
    gainDb: 0.5,
    flipsPolarity: true,
    noiseSnrDb: { low: 15, high: 40 },
    resampling: 0.1,
    filterCount: 1,
    filterDb: 6,
  },
  mixedSnrDb: undefined,
}

const waveformDesign: Design = {
  id: 'bearing-1d',
  version: '1.0.0',
  summary: {
    en: 'Hears repeated broadband impacts above the shaft orders in the waveform, against the level of the whole signal.',
    'zh-CN': '在波形中识别轴频以上反复出现的宽带冲击，并与整个信号的水平相比较。',
  },
  architecture: waveformArchitecture({
    sampleRateHz: 12_000,
    highPassHz: 150,
    tapCount: 97,
    smoothingStride: 2,
    stepCount: 4,
    terms: [
      { source: 'high-passed', smoothingSamples: 1, threshold: 9, sign: 1 },
      { source: 'high-passed', smoothingSamples: 16, threshold: 4, sign: 1 },
      { source: 'high-passed', smoothingSamples: 16, threshold: 2, sign: 1 },
      { source: 'high-passed', smoothingSamples: 32, threshold: 4, sign: 1 },
      { source: 'waveform', smoothingSamples: 1, threshold: 9, sign: 1 },
      { source: 'waveform', smoothingSamples: 1, threshold: 0.3, sign: -1 },
    ],
  }),
  head: { penalty: 0.1, signs: [1, 1, 1, 1, 1, -1], syntheticWeight: 0.1, aims: { falseAlarms: 0.01, misses: 0.05 } },
  data: sharedData,
  leastSourceRateHz: 12_000,
  sustainedEventSeconds: 5,
}

const spectrogramDesign: Design = {
  id: 'bearing-2d',
  version: '1.0.0',
  summary: {
    en: 'Hears repeated broadband impacts in the spectrogram: bins that are loud while their whole frame is.',
    'zh-CN': '在声谱图中识别反复出现的宽带冲击：整帧能量升高时同时升高的频带。',
  },
  architecture: spectrogramArchitecture({
    sampleRateHz: 12_000,
    spectrogram: {
      highPass: { cutoffHz: 150, tapCount: 97 },
      frameLength: 32,
      hopLength: 8,
      fftLength: 32,
      taper: 'hann',
      firstBin: 0,
      binCount: 17,
      floor: 1e-4,
    },
    stepFrames: 2,
    terms: [
      { binPower: 1, framePower: 3, threshold: 200 },
      { binPower: 1, framePower: 2, threshold: 100 },
      { binPower: 0, framePower: 3, threshold: 64 },
      { binPower: 0, framePower: 3, threshold: 8 },
    ],
  }),
  head: { ...waveformDesign.head, signs: [1, 1, 1, 1] },
  data: sharedData,
  leastSourceRateHz: 12_000,
  sustainedEventSeconds: 5,
}

export const designs: Readonly<Record<'1d' | '2d', Design>> = { '1d': waveformDesign, '2d': spectrogramDesign }
