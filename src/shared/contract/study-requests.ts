import { z } from 'zod'
import { backendNames } from '../analysis'
import { highestTileLevel, trackSpecSchema } from '../app/tracks'
import type { Tile } from '../app/tracks'
import type {
  BackendCheck,
  EvidenceSummary,
  IndicatorsView,
  OpenRecording,
  ScoreView,
  SegmentInspectionView,
  SpectrumView,
  TextPreview,
} from '../app/study'
import { locales } from '../locales/translate'
import type { QualityNotice } from '../analysis'
import { file, hertz, jobId, modelId, readOptions, rpm } from './inputs'

const recordingId = z.string().min(1).max(100)
const evidenceId = z.string().min(1).max(100)
const channel = z.int().nonnegative()
const sample = z.int().nonnegative()
const seconds = z.number().nonnegative().max(1e9)
const probability = z.number().min(0).max(1)
const words = z.string().min(1).max(200)
const declare = <Output>() => z.custom<Output>()

/** null = as the file says; absent = as before */
const properties = z.strictObject({
  sampleRateHz: hertz.nullable().optional(),
  unit: z.string().min(1).max(40).nullable().optional(),
  sensitivity: z.number().positive().nullable().optional(),
  shaftSpeedRpm: rpm.nullable().optional(),
  machine: words.nullable().optional(),
  point: words.nullable().optional(),
  direction: words.nullable().optional(),
})

/** Requests of the app: recordings stay open, evidence stays in hand. */
export const studyRequests = {
  'recording.open': { input: z.strictObject({ file, read: readOptions }), output: declare<OpenRecording>() },
  /** What the user says beside the file; the recording keeps its id, its evidence of another rate or text layout is dropped. */
  'recording.configure': {
    input: z.strictObject({ recordingId, properties, text: readOptions.shape.text }),
    output: declare<OpenRecording>(),
  },
  'recording.quality': { input: z.strictObject({ recordingId }), output: declare<readonly QualityNotice[]>() },
  /** Closes the file and drops the evidence of it. */
  'recording.close': { input: z.strictObject({ recordingId }), output: declare<Record<string, never>>() },
  'demo.open': { input: z.strictObject({}), output: declare<OpenRecording>() },
  'text.preview': { input: z.strictObject({ file, read: readOptions }), output: declare<TextPreview>() },
  'tile.get': {
    input: z.strictObject({
      track: trackSpecSchema,
      level: z.int().min(0).max(highestTileLevel),
      index: z.int().nonnegative(),
    }),
    output: declare<Tile>(),
  },
  /** The one pass; a job. */
  'evidence.start': {
    input: z.strictObject({ recordingId, channel, modelId, backend: z.enum(backendNames).optional() }),
    output: declare<{ readonly jobId: string }>(),
  },
  'evidence.result': { input: z.strictObject({ jobId }), output: declare<EvidenceSummary>() },
  'evidence.forget': { input: z.strictObject({ evidenceId }), output: declare<Record<string, never>>() },
  'score.get': {
    input: z.strictObject({
      evidenceId,
      segmentSeconds: z.number().positive().max(86_400),
      /** Instead of the card's threshold of fault; the healthy one moves no higher than it. */
      faultThreshold: probability.optional(),
      locale: z.enum(locales),
    }),
    output: declare<ScoreView>(),
  },
  'segment.inspect': {
    input: z.strictObject({
      evidenceId,
      startSeconds: seconds,
      endSeconds: seconds,
      /** As in score.get. */
      faultThreshold: probability.optional(),
      featureChannels: z.array(z.int().nonnegative()).max(64).optional(),
      columnLimit: z.int().min(16).max(8192),
    }),
    output: declare<SegmentInspectionView>(),
  },
  'panel.spectrum': {
    input: z.strictObject({
      recordingId,
      channel,
      startSample: sample,
      endSample: sample,
      /** samples a frame; absent = chosen for at least 8 averages, at most 65,536 */
      frameLength: z.int().min(16).max(1_048_576).optional(),
      overlap: z.number().min(0).max(0.95),
      taper: z.enum(['hann', 'hamming', 'blackman', 'flattop', 'rectangular']),
      envelopeBandHz: z.tuple([hertz, hertz]).optional(),
    }),
    output: declare<SpectrumView>(),
  },
  'panel.waveform': {
    input: z.strictObject({ recordingId, channel, startSample: sample, endSample: sample }),
    /** at most 1,000,000 samples */
    output: declare<{ readonly unit: string | null; readonly samples: Float32Array }>(),
  },
  'panel.indicators': {
    input: z.strictObject({ recordingId, channel, startSample: sample, endSample: sample }),
    output: declare<IndicatorsView>(),
  },
  'backend.check': { input: z.strictObject({}), output: declare<readonly BackendCheck[]>() },
  'app.info': { input: z.strictObject({}), output: declare<{ readonly version: string; readonly platform: string }>() },
} as const
