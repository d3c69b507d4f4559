import { z } from 'zod'
import { analysisFileSchema, backendNames } from '../analysis'
import { channel, modelId, readOptions } from '../contract/inputs'
import { locales } from '../locales/translate'
import { papers } from './document'
import { analystWordsSchema, dateSchema, reportAnnotationSchema, templateSchema } from './inputs'

/** How the recording was analysed: enough to do it again. */
export const analysisOriginSchema = z.strictObject({
  read: readOptions,
  channel: channel.optional(),
  models: z.array(modelId),
  segmentSeconds: z.number().positive().optional(),
  /** as asked for; absent = the fastest */
  backend: z.enum(backendNames).optional(),
  hasBaseline: z.boolean(),
  bearing: z.string().max(300).optional(),
})
export type AnalysisOrigin = z.infer<typeof analysisOriginSchema>

/** The machine-readable part of a report, "vibralens.report/1": attached to the PDF, and by itself as JSON. */
export const reportBlockSchema = z.strictObject({
  schema: z.literal('vibralens.report/1'),
  programVersion: z.string(),
  date: dateSchema,
  locale: z.enum(locales),
  paper: z.enum(papers),
  template: templateSchema,
  words: analystWordsSchema,
  annotations: z.array(reportAnnotationSchema),
  /** `results` are as `analyze --json` writes them; elapsedSeconds is 0: it would differ each time. */
  recordings: z.array(z.strictObject({ origin: analysisOriginSchema, results: analysisFileSchema })),
})
export type ReportBlock = z.infer<typeof reportBlockSchema>

export const attachmentName = 'vibralens-report.json'

export interface Difference {
  readonly file: string
  readonly channel: string
  readonly what: string
  readonly reported: string
  readonly now: string
}

/** What a check of a report against its recordings came to. */
export interface Verification {
  readonly outcome: 'same' | 'different' | 'incomplete'
  readonly date: string
  readonly checkedCount: number
  /** Recordings of the report that were not among the files given. */
  readonly missing: readonly { readonly name: string; readonly sha256: string }[]
  readonly differences: readonly Difference[]
  /** The pages made again, compared byte by byte; null where they were not made again. */
  readonly arePagesSame: boolean | null
  /** Sentences that explain, such as another version of the program. */
  readonly notes: readonly string[]
}
