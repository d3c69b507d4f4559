import type { QualityNotice } from '../analysis'

/** What requests answer, beside the analysis itself. Plain data: it crosses processes. */

export type JobStatus = 'done' | 'cancelled'

export interface ChannelSummary {
  readonly name: string
  readonly unit: string | null
  readonly sampleRateHz: number | null
  readonly sampleCount: number
  readonly durationSeconds: number | null
}

export interface GuessSummary {
  readonly what: string
  readonly value: string
  readonly reason: string
  readonly flag?: string
}

export interface RecordingSummary {
  readonly name: string
  readonly format: string
  readonly bytes: number
  readonly channels: readonly ChannelSummary[]
  readonly shaftSpeedRpm: number | null
  readonly machine: string | null
  readonly startTime: string | null
  readonly properties: Readonly<Record<string, string>>
  readonly guesses: readonly GuessSummary[]
  readonly notices: readonly QualityNotice[]
  /** Findings of the data quality check; the sentences name the channel. */
  readonly quality: readonly QualityNotice[]
}

export interface ModelSummary {
  readonly id: string
  readonly version: string
  readonly kind: '1d' | '2d'
  readonly summary: Readonly<Record<'en' | 'zh-CN', string>>
  readonly sampleRateHz: number
  /** Judges when no model is named. */
  readonly isDefault: boolean
}

export interface ModelCheck {
  readonly id: string
  readonly isValid: boolean
  readonly problems: readonly string[]
  /** backend → largest |difference| of the logits of the stored self-test */
  readonly selfTest: Readonly<Record<string, number>>
}

export interface SpectrumResult {
  readonly channel: string
  readonly kind: 'spectrum' | 'envelope'
  /** Amplitude (peak of a sine) in the channel's unit; null = unknown unit. */
  readonly unit: string | null
  readonly binHz: number
  readonly averageCount: number
  readonly amplitude: Float32Array
  readonly envelopeBandHz: readonly [number, number] | null
}

export interface BaselineSummary {
  readonly recordingCount: number
  readonly meanLogit: number
  readonly spreadLogit: number
  readonly out: string
}

export interface TrainingSummary {
  readonly out: string
  readonly lines: readonly string[]
}

export interface EvaluationSummary {
  /** As on the card: one fold a machine or bearing. */
  readonly report: Readonly<Record<string, unknown>>
  readonly lines: readonly string[]
}
