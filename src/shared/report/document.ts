import type { Locale } from '../locales/translate'

/** What a report says, before anything is laid out: PDF, DOCX and HTML are made from it. Plain data. */

export const papers = ['a4', 'letter'] as const
export type Paper = (typeof papers)[number]

export interface ReportDocument {
  readonly title: string
  readonly locale: Locale
  readonly paper: Paper
  /** YYYY-MM-DD: given, never taken from the clock here. */
  readonly date: string
  readonly header: { readonly plant: string; readonly logo: ReportImage | undefined }
  readonly footer: string
  readonly contentsTitle: string
  /** With {page} and {total}. */
  readonly pageWords: string
  readonly sections: readonly ReportSection[]
}

export interface ReportImage {
  readonly png: Uint8Array
  readonly widthPx: number
  readonly heightPx: number
}

export interface ReportSection {
  readonly title: string
  readonly level: 1 | 2
  readonly startsPage: boolean
  readonly blocks: readonly ReportBlockOf[]
}

export type Tone = 'fault' | 'healthy' | 'uncertain' | 'unknown'

export interface LabelledValue {
  readonly label: string
  readonly value: string
  /** Smaller, after the value: where it comes from. */
  readonly note?: string
}

export interface ReportFigure {
  readonly kind: 'figure'
  /** 'figure-3' */
  readonly id: string
  /** With its number: 'Figure 3. …' */
  readonly caption: string
  /** For those who cannot see it. */
  readonly alt: string
  readonly svg: string
  readonly widthPx: number
  readonly heightPx: number
}

export interface ReportTable {
  readonly kind: 'table'
  readonly caption: string
  readonly columns: readonly { readonly title: string; readonly isNumber: boolean; readonly share: number }[]
  readonly rows: readonly (readonly string[])[]
}

export type ReportBlockOf =
  | { readonly kind: 'subheading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly lead?: string; readonly text: string; readonly isNote: boolean }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** Label and value; boxed = to be seen first. */
  | { readonly kind: 'facts'; readonly items: readonly LabelledValue[]; readonly look: 'plain' | 'columns' | 'boxed' }
  | {
      readonly kind: 'banner'
      readonly tone: Tone
      readonly word: string
      readonly sentence: string
      readonly number: { readonly value: string; readonly label: string } | undefined
    }
  | ReportTable
  | ReportFigure
