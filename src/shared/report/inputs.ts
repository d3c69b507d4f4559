import { z } from 'zod'
import { papers } from './document'

/** What people give a report beside the analysis. */

const line = z.string().min(1).max(300)
const words = z.string().min(1).max(5000)

/** The analyst's words; what is absent is suggested and marked as a suggestion. */
export const analystWordsSchema = z.strictObject({
  title: line.optional(),
  machine: line.optional(),
  point: line.optional(),
  analyst: line.optional(),
  /** one sentence */
  verdict: words.optional(),
  severity: line.optional(),
  action: words.optional(),
  deadline: line.optional(),
  confidence: words.optional(),
  remarks: words.optional(),
})
export type AnalystWords = z.infer<typeof analystWordsSchema>

export const annotationKinds = ['fault', 'healthy', 'doubtful', 'disturbance', 'note'] as const

/** A stretch that somebody marked. Without file or channel it belongs to every one of the report. */
export const reportAnnotationSchema = z.strictObject({
  kind: z.enum(annotationKinds),
  text: z.string().max(5000),
  faultType: line.optional(),
  severity: line.optional(),
  author: line.optional(),
  /** ISO 8601 */
  time: line.optional(),
  fileSha256: line.optional(),
  channel: line.optional(),
  startSeconds: z.number().nonnegative(),
  endSeconds: z.number().nonnegative(),
  lowHz: z.number().nonnegative().optional(),
  highHz: z.number().nonnegative().optional(),
})
export type ReportAnnotation = z.infer<typeof reportAnnotationSchema>

export const sectionNames = ['evidence', 'annotations', 'quality', 'method', 'colours', 'limits'] as const
export type SectionName = (typeof sectionNames)[number]

/** A PNG as data URI: what `report.template` makes of a company's PNG or SVG. */
const logo = z
  .string()
  .regex(/^data:image\/png;base64,[A-Za-z0-9+/=]+$/)
  .max(8_000_000)

export const templateSchema = z.strictObject({
  plant: line.optional(),
  logo: logo.optional(),
  title: line.optional(),
  footer: line.optional(),
  /** Above the verdict, such as an address or order number. */
  preface: words.optional(),
  /** After the limits, such as a disclaimer. */
  closing: words.optional(),
  /** Absent = all. Page 1 is always there. */
  sections: z.array(z.enum(sectionNames)).optional(),
  paper: z.enum(papers).optional(),
})
export type ReportTemplate = z.infer<typeof templateSchema>

/** The file of a template: its logo is the name of a PNG or SVG beside it. */
export const templateFileSchema = templateSchema.extend({
  schema: z.literal('vibralens.report-template/1'),
  logo: z.string().min(1).max(255).optional(),
})

export const dateSchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'a date such as 2026-11-24')
  .refine((text) => !Number.isNaN(Date.parse(text)), 'a date of the calendar')
