import { translator } from '../../../shared/locales/translate'
import type { ReportDocument, ReportImage, ReportSection } from '../../../shared/report/document'
import type { SectionName } from '../../../shared/report/inputs'
import { readPngSize } from '../png-size'
import { decisionSection, overviewSections } from './decision-section'
import { evidenceSection } from './evidence-section'
import { coloursSection, limitsSection, methodSection } from './method-sections'
import type { ReportInput, Writing } from './report-input'

/** One document for every format; `isPdf` alone changes the words about the attachment and the typeface. */
export function buildDocument(input: ReportInput, isPdf: boolean): ReportDocument {
  const { block } = input
  const { template, words, locale, date } = block
  const writing = createWriting(input)
  const { t } = writing
  return {
    title: words.title ?? template.title ?? t('report.title'),
    locale,
    paper: block.paper,
    date,
    header: { plant: template.plant ?? '', logo: template.logo === undefined ? undefined : logoOf(template.logo) },
    footer: template.footer ?? t('report.footer', { version: block.programVersion, date }),
    contentsTitle: t('report.contents'),
    pageWords: t('report.page'),
    sections: sectionsOf(writing, isPdf),
  }
}

function sectionsOf(writing: Writing, isPdf: boolean): ReportSection[] {
  const { sections } = writing.input.block.template
  const has = (name: SectionName): boolean => sections === undefined || sections.includes(name)
  return [
    decisionSection(writing),
    ...overviewSections(writing),
    ...(has('evidence') ? writing.input.channels.map((channel) => evidenceSection(channel, writing)) : []),
    ...(has('method') ? [methodSection(writing, isPdf)] : []),
    ...(has('colours') ? [coloursSection(writing)] : []),
    ...(has('limits') ? [limitsSection(writing, isPdf)] : []),
  ]
}

function createWriting(input: ReportInput): Writing {
  const { locale } = input.block
  const t = translator(locale)
  let figureCount = 0
  let tableCount = 0
  return {
    locale,
    t,
    input,
    figure: (words) => {
      figureCount += 1
      return { id: `figure-${figureCount}`, caption: t('report.figure', { number: figureCount, words }) }
    },
    table: (words) => {
      tableCount += 1
      return t('report.table', { number: tableCount, words })
    },
  }
}

function logoOf(dataUri: string): ReportImage {
  const png = Buffer.from(dataUri.slice(dataUri.indexOf(',') + 1), 'base64')
  return { png, ...readPngSize(png) }
}
