import type { Diagnosis } from './diagnosis'

/** What the app draws of a diagnosis. Plain data; typed arrays cross as they are. */

/** Spectrum of the squared envelope of a band, relative to its mean: free of level and unit. */
export interface EnvelopeLinesView {
  readonly bandHz: readonly [number, number]
  readonly binHz: number
  /** Modulation depth of each bin: a carrier whose power swings between 0 and twice its mean reads 1. */
  readonly depth: Float32Array
  /** Mean depth of noise there. */
  readonly noise: Float32Array
}

export interface DiagnosisView {
  readonly diagnosis: Diagnosis
  readonly spectra: readonly EnvelopeLinesView[]
}

/** One spectrum of the stretches of high evidence and one of the rest, in the same bins. */
export interface SplitSpectrum {
  readonly binHz: number
  /** Empty where no stretch is of this kind. */
  readonly high: Float32Array
  readonly rest: Float32Array
}

export interface EvidenceSpectrumView {
  /** Mean evidence from which a stretch is high. */
  readonly thresholdLogit: number
  readonly stretchSeconds: number
  readonly highCount: number
  readonly restCount: number
  /** Of the channel; null = unknown. */
  readonly unit: string | null
  /** Peak amplitude of a sine, in the unit. */
  readonly spectrum: SplitSpectrum
  /** Modulation depth of the squared envelope. */
  readonly envelope: SplitSpectrum
  readonly envelopeBandHz: readonly [number, number]
}
