import type { SampleRange } from '../sample-range'
import type { BearingEntry } from './bearing'

/** What the requests of diagnosis answer. Plain data; null = not measured or not known. */

export interface ListedBearing extends BearingEntry {
  readonly isUserOwn: boolean
}

export interface BearingList {
  /** The user's own first. */
  readonly bearings: readonly ListedBearing[]
}

export const lineKinds = ['bpfo', 'bpfi', 'ball', 'bsf', 'ftf'] as const
/** `ball` is 2 × BSF, which a spall on a ball shows. */
export type LineKind = (typeof lineKinds)[number]

export interface LineHarmonic {
  readonly harmonic: number
  readonly hz: number
  /** Where it is looked for: ± 2 % of slip. */
  readonly lowHz: number
  readonly highHz: number
  /** Undefined where no sampling rate was given. */
  readonly isAboveNyquist: boolean | null
}

export interface FaultLine {
  readonly kind: LineKind
  readonly order: number
  readonly harmonics: readonly LineHarmonic[]
}

export interface BearingLinesView {
  readonly bearing: BearingEntry
  readonly shaftHz: number
  /** 0.4 n and 0.6 n: only the number of elements is known; there is no ball line then. */
  readonly isEstimate: boolean
  readonly lines: readonly FaultLine[]
}

export interface MachineLine {
  readonly code: 'mesh' | 'shaft' | 'other-shaft' | 'hunting-tooth' | 'blade-pass' | 'belt'
  readonly hz: number
}

export interface KurtogramView {
  readonly channel: string
  readonly sampleRateHz: number
  /** What was looked at: at most 524,288 samples from the start of what was asked for. */
  readonly usedRange: SampleRange
  readonly levels: readonly {
    /** log₂ of the number of bands: 0, 1, 1.58, 2 … */
    readonly level: number
    readonly bandwidthHz: number
    /** Of the band [i, i + 1) · bandwidthHz. */
    readonly kurtosis: Float32Array
  }[]
  /** Null where no band is as wide as asked for. */
  readonly best: {
    readonly level: number
    readonly bandHz: readonly [number, number]
    readonly kurtosis: number
  } | null
}

export const envelopePreparations = ['none', 'cepstrum-whitening', 'discrete-random'] as const
/** What happens to the signal before its envelope is taken. */
export type EnvelopePreparation = (typeof envelopePreparations)[number]

export interface SpectrumPeak {
  readonly frequencyHz: number
  readonly power: number
  /** dB over the median of what surrounds it. */
  readonly heightDb: number
}

export interface EnvelopeView {
  readonly channel: string
  readonly sampleRateHz: number
  readonly usedRange: SampleRange
  readonly bandHz: readonly [number, number]
  readonly bandOrigin: 'given' | 'kurtogram' | 'map'
  readonly preparation: EnvelopePreparation
  readonly binHz: number
  /** Of the squared envelope over its mean: free of level and unit (dsp/squared-envelope). Up to the asked frequency. */
  readonly power: Float32Array
  readonly averageCount: number
  /** Highest first. */
  readonly peaks: readonly SpectrumPeak[]
}

export interface SpeedEstimateView {
  readonly channel: string
  readonly usedRange: SampleRange
  readonly shaftSpeedRpm: number
  readonly confidence: number
  readonly harmonics: readonly number[]
  readonly others: readonly { readonly shaftSpeedRpm: number; readonly share: number }[]
  readonly isEstimate: true
}

export interface TachoView {
  readonly channel: string
  readonly usedRange: SampleRange
  readonly meanRpm: number
  readonly leastRpm: number
  readonly greatestRpm: number
  readonly pulseCount: number
  readonly missingCount: number
  readonly extraCount: number
  readonly threshold: number
  /** Speed over whole revolutions; at most 10,000 of them, evenly chosen. */
  readonly timesSeconds: Float32Array
  readonly speedsRpm: Float32Array
}

export interface OrderSpectrumView {
  readonly channel: string
  readonly usedRange: SampleRange
  readonly kind: 'spectrum' | 'envelope'
  readonly unit: string | null
  readonly binOrder: number
  /** Spectrum: one-sided mean square in unit². Envelope: as EnvelopeView.power. */
  readonly power: Float32Array
  readonly highestOrder: number
  readonly averageCount: number
  readonly meanRpm: number
}

export const indicatorNames = ['rms', 'peak', 'crestFactor', 'kurtosis', 'velocityRmsMmS'] as const
export type IndicatorName = (typeof indicatorNames)[number]

export interface AlarmLimits {
  readonly warning: number
  readonly danger: number
}

export type AlarmState = 'normal' | 'warning' | 'danger'

export interface IndicatorChange {
  readonly name: IndicatorName
  readonly current: number | null
  /** Mean over the stretches of the baseline. */
  readonly baseline: number | null
  /** current / baseline − 1, in percent */
  readonly changePercent: number | null
  readonly limits: AlarmLimits | null
  readonly state: AlarmState | null
}

export interface BaselineComparison {
  readonly channel: string
  readonly unit: string | null
  readonly binHz: number
  /** Amplitude (peak of a sine) up to the lower half rate of the two. */
  readonly current: Float32Array
  readonly baseline: Float32Array
  /** 20·log₁₀(current / baseline); NaN where one of the two is 0. */
  readonly differenceDb: Float32Array
  readonly indicators: readonly IndicatorChange[]
  readonly baselineStretchCount: number
  readonly stretchSeconds: number
}
