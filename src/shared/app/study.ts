import type { AnalysisResult, BackendName, Verdict } from '../analysis'
import type { ChannelSummary, GuessSummary, RecordingSummary } from '../contract/outputs'
import type { MessageKey, MessageValues } from '../locales/translate'

/** What the app's requests answer. Plain data: it crosses processes; typed arrays cross as they are. */

export interface OpenRecording {
  readonly recordingId: string
  /** `quality` is empty here: it needs the whole signal and has a request of its own (recording.quality). */
  readonly summary: RecordingSummary
  readonly properties: RecordingProperties
  /** A made, not measured, recording: the demo. */
  readonly isSynthetic: boolean
  /** Grows when samples, unit or rate change (recording.configure): tiles and panels of an earlier one are void. */
  readonly revision: number
  /** Evidence in hand that holds for this revision. A unit or sensitivity leaves it; another rate or layout ends it. */
  readonly evidenceIds: readonly string[]
}

/**
 * Every property says where it came from; null = unknown, and then it is never guessed. null of origin 'file': the
 * channels of the file differ; each channel of the summary says its own.
 */
export interface PropertyValue<T> {
  readonly value: T | null
  readonly origin: 'file' | 'user' | 'unknown'
}

export interface RecordingProperties {
  readonly sampleRateHz: PropertyValue<number>
  readonly unit: PropertyValue<string>
  /** Volts per unit; samples in V are divided by it. */
  readonly sensitivity: PropertyValue<number>
  readonly shaftSpeedRpm: PropertyValue<number>
  readonly machine: PropertyValue<string>
  readonly point: PropertyValue<string>
  readonly direction: PropertyValue<string>
}

/** The first rows of a text file as they would be read, for the import dialog. */
export interface TextPreview {
  readonly encoding: string
  readonly delimiter: string
  readonly decimal: '.' | ','
  readonly headerLines: number
  readonly timeColumn: number | null
  readonly columns: readonly { readonly name: string; readonly unit: string | null; readonly isTime: boolean }[]
  /** The raw first lines, decoded, and the cells of the rows after the header. */
  readonly headLines: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly channels: readonly ChannelSummary[]
  readonly guesses: readonly GuessSummary[]
  /** Equal for files of one layout: what the user chose is remembered under it. */
  readonly layoutKey: string
  /** Why no table is found this way (columns, rows and channels are then empty); null = it is read. */
  readonly problem: string | null
  /** Of a long file: `channels` count the samples of its first part alone. */
  readonly isHeadOnly: boolean
}

/** A sentence to be said in the reader's language: `translate(locale, key, values)`. */
export interface SaidReason {
  readonly key: MessageKey
  readonly values: MessageValues
}

/** Evidence of one channel by one model, held by the engine under `evidenceId`. */
export interface EvidenceSummary {
  readonly evidenceId: string
  readonly recordingId: string
  readonly channel: number
  readonly modelId: string
  readonly modelVersion: string
  readonly kind: '1d' | '2d'
  readonly backend: BackendName
  readonly elapsedSeconds: number
  /** 1 for 1d */
  readonly rows: number
  readonly lowHz: number | null
  readonly highHz: number | null
  /** Seconds of the recording that step j sees: [startSeconds + j·stepSeconds, … + receptiveFieldSeconds). */
  readonly startSeconds: number
  readonly stepSeconds: number
  readonly stepCount: number
  readonly receptiveFieldSeconds: number
  readonly colourScaleLogit: number
  readonly temperature: number
  readonly thresholds: { readonly healthy: number; readonly fault: number; readonly sustainedEventSeconds: number }
  readonly defaultSegmentSeconds: number
  /** Empty where the model may judge; else why there is no verdict. */
  readonly outOfDomainReasons: readonly SaidReason[]
  /** Steps averaged into one column of the map that is kept for tiles: 1, more only for very long 2D evidence. */
  readonly mapStepsPerColumn: number
}

/** Scores, events and verdict of evidence in hand, for any segment length and threshold: nothing is inferred again. */
export interface ScoreView {
  /** As it came out in whole steps of the map. */
  readonly segmentSeconds: number
  /** Half a segment, or more where that would make more than 20,000 of them; events are found at half in any case. */
  readonly strideSeconds: number
  readonly startSeconds: number
  /** Segment i spans [startSeconds + i·strideSeconds, … + segmentSeconds). NaN = nothing measured. */
  readonly logits: Float32Array
  readonly probabilities: Float32Array
  readonly thresholds: { readonly healthy: number; readonly fault: number }
  readonly verdict: Verdict
  readonly label: 1 | -1 | null
  readonly probability: number | null
  readonly score: AnalysisResult['score']
  readonly reasons: readonly string[]
  readonly events: AnalysisResult['events']
}

export interface ChannelContribution {
  /** k, from 0 */
  readonly index: number
  /** g_k */
  readonly pooled: number
  readonly weightHealthy: number
  readonly weightFault: number
  /** W[fault,k]·g_k − W[healthy,k]·g_k: what this channel adds to the logit */
  readonly push: number
}

/** How the verdict of one stretch comes about, map by map (mission: feature maps → GAP → weights → scores → map). */
export interface SegmentInspectionView {
  /** As it came out in whole steps of the map: what the steps' receptive fields span. */
  readonly startSeconds: number
  readonly endSeconds: number
  readonly verdict: Verdict
  readonly probability: number | null
  /** probability = 1 / (1 + exp(−logit / temperature)) */
  readonly temperature: number
  readonly scores: { readonly healthy: number; readonly fault: number; readonly logit: number }
  readonly bias: { readonly healthy: number; readonly fault: number }
  /** logit = meanEvidence; their difference is rounding alone. */
  readonly meanEvidence: number
  /** All K, in the order of k. */
  readonly channels: readonly ChannelContribution[]
  /** Steps of the map in the segment, and those of them that were wholly measured: means run over the latter. */
  readonly stepCount: number
  readonly measuredStepCount: number
  readonly rows: number
  /** Frequencies that row 0 begins and the last row ends at; null for 1d. */
  readonly lowHz: number | null
  readonly highHz: number | null
  /** What the columns of `features` and `raw*` span: each step about the centre of its receptive field, a step wide. */
  readonly mapStartSeconds: number
  readonly mapEndSeconds: number
  /** Columns of `features` and `raw*`: the map's own steps, or means of `stepsPerColumn` of them. */
  readonly columns: number
  readonly stepsPerColumn: number
  /** f_k of the channels asked for, or of the ten that push most; [rows × columns] */
  readonly features: readonly { readonly index: number; readonly values: Float32Array }[]
  /** CAM of both classes and the evidence (with biases) at the map's own resolution, [rows × columns] */
  readonly rawHealthy: Float32Array
  readonly rawFault: Float32Array
  readonly rawEvidence: Float32Array
  /** The evidence upsampled to the input's size (or to the columns asked for), [upsampledRows × upsampledColumns] */
  /** The upsampled map and the waveform span startSeconds to endSeconds; upsampled rows span these frequencies. */
  readonly upsampledLowHz: number | null
  readonly upsampledHighHz: number | null
  readonly upsampledRows: number
  readonly upsampledColumns: number
  readonly upsampledEvidence: Float32Array
  /** The signal of the stretch, in the channel's unit: least and greatest of as many columns as there are values */
  readonly waveformLeast: Float32Array
  readonly waveformGreatest: Float32Array
}

export interface SpectrumView {
  readonly kind: 'spectrum' | 'envelope'
  readonly unit: string | null
  readonly binHz: number
  /** Equivalent noise bandwidth: amplitude² / 2 / bandwidthHz is a density per Hz. */
  readonly bandwidthHz: number
  /** Peak amplitude of a sine in the unit. */
  readonly amplitude: Float32Array
  readonly averageCount: number
  readonly frameLength: number
  readonly bandHz: readonly [number, number] | null
  /** Most prominent first; the frequency is interpolated between bins. */
  readonly peaks: readonly SpectrumPeak[]
}

export interface SpectrumPeak {
  readonly frequencyHz: number
  readonly amplitude: number
  /** How far it stands out: down to the higher of the two lowest points that part it from higher peaks. */
  readonly prominence: number
}

export interface IndicatorsView {
  readonly unit: string | null
  readonly indicators: AnalysisResult['indicators']
}

export interface BackendCheck {
  readonly name: BackendName
  readonly isAvailable: boolean
  /** Largest |difference| of the stored self-test, logit; null where it could not be run. */
  readonly selfTest: number | null
  readonly reason: string | null
}
