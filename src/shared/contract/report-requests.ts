import { z } from 'zod'
import { locales } from '../locales/translate'
import type { ReportBlock, Verification } from '../report/block'
import { papers } from '../report/document'
import { analystWordsSchema, dateSchema, reportAnnotationSchema, templateSchema } from '../report/inputs'
import type { ReportTemplate } from '../report/inputs'
import { file, jobId } from './inputs'

const declare = <Output>() => z.custom<Output>()
const locale = z.enum(locales)

export const reportFormats = ['pdf', 'docx', 'html', 'json', 'csv'] as const
export type ReportFormat = (typeof reportFormats)[number]
export const views = ['page', 'timeline', 'spectrogram', 'spectrum', 'envelope', 'close-up'] as const
export type ViewName = (typeof views)[number]

const reportInput = z.strictObject({
  /** Ended analyses, in the order of the report. */
  jobIds: z.array(jobId).min(1).max(10_000),
  locale,
  date: dateSchema,
  paper: z.enum(papers).optional(), // absent = the template's, else A4
  template: templateSchema.optional(),
  words: analystWordsSchema.optional(),
  annotations: z.array(reportAnnotationSchema).max(10_000).optional(),
})

export interface ReportResult {
  readonly bytes: Uint8Array
  readonly mediaType: string
  /** null where the format has no pages of its own */
  readonly pageCount: number | null
}

export const reportRequests = {
  /** A job; `report.result` answers when it has ended. */
  'report.create': {
    input: reportInput.extend({ format: z.enum(reportFormats) }),
    output: declare<{ readonly jobId: string }>(),
  },
  'report.result': { input: z.strictObject({ jobId }), output: declare<ReportResult>() },
  /** The report as one HTML page without scripts. */
  'report.preview': { input: reportInput, output: declare<string>() },
  /** A company's template file, checked, its logo made harmless and inlined. */
  'report.template': { input: z.strictObject({ file }), output: declare<ReportTemplate>() },
  /** The machine-readable part of a PDF of ours. */
  'report.read': { input: z.strictObject({ file }), output: declare<ReportBlock>() },
  /** A job: analyses the recordings of a PDF again and compares. */
  'report.verify': {
    input: z.strictObject({ file, recordings: z.array(file), baseline: z.array(file), locale }),
    output: declare<{ readonly jobId: string }>(),
  },
  'verification.result': { input: z.strictObject({ jobId }), output: declare<Verification>() },
  /** One view of one channel of an ended analysis. */
  'view.export': {
    input: z.strictObject({
      jobId,
      index: z.int().nonnegative(),
      view: z.enum(views),
      format: z.enum(['png', 'svg']),
      /** Pixels of the PNG for one of the picture. */
      scale: z.number().min(0.5).max(4).optional(),
      /** Of a stretch of the recording; absent = of all of it. */
      startSeconds: z.number().nonnegative().optional(),
      endSeconds: z.number().nonnegative().optional(),
      locale,
    }),
    output: declare<Uint8Array>(),
  },
} as const
