import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { AnalyzerError } from '../../shared/errors'
import { attachmentName } from '../../shared/report/block'
import type { ReportBlockOf, ReportDocument } from '../../shared/report/document'
import { findPackageRoot } from '../package-root'
import type { FontSet } from './fonts'
import { fontFiles } from './font-files'
import { printableText } from './printable-text'
import { settlePdf } from './settle-pdf'

export interface RenderedPdf {
  readonly bytes: Uint8Array
  readonly pageCount: number
}

/** Of no place on disk: every file that the layout reads is given as bytes, and nothing else can be reached. */
const workspace = process.platform === 'win32' ? 'C:\\vibralens-report' : '/vibralens-report'

let held: { readonly compiler: NodeCompiler; readonly layout: string } | undefined

/** The same document and attachment give the same bytes. */
export async function renderPdf(document: ReportDocument, attachment: string, fonts: FontSet): Promise<RenderedPdf> {
  const { compiler, layout } = (held ??= createCompiler())
  compiler.resetShadow()
  const place = (name: string, content: Uint8Array | string): void =>
    compiler.mapShadow(join(workspace, name), Buffer.from(content))
  try {
    const { content, svgs } = layoutData(document, fonts)
    place('document.json', JSON.stringify(content))
    place('attachment.json', attachment)
    if (document.header.logo !== undefined) place('logo.png', document.header.logo.png)
    svgs.forEach((svg, index) => place(chartName(index), svg))
    const compiled = compiler.compile({ mainFileContent: layout, resetRead: true })
    const laidOut = compiled.result
    if (laidOut === null) {
      const problems = JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics)
      throw new AnalyzerError('internal', `The report could not be laid out: ${problems}.`)
    }
    return { bytes: await settlePdf(compiler.pdf(laidOut)), pageCount: laidOut.numOfPages }
  } finally {
    compiler.resetShadow()
    // what was laid out is not asked for again: 50 recordings must not stay in memory
    compiler.evictCache(0)
  }
}

interface TypstModule {
  readonly NodeCompiler: typeof NodeCompiler
}

function createCompiler() {
  const fontBlobs = Object.values(fontFiles()).map((file) => readFileSync(file))
  const layout = readFileSync(join(findPackageRoot(), 'resources', 'report', 'report.typ'), 'utf8')
  return { compiler: loadTypst().NodeCompiler.create({ workspace, fontArgs: [{ fontBlobs }] }), layout }
}

/** A native addon, a package of its own a platform: where it is missing, the other formats still work. */
function loadTypst(): TypstModule {
  try {
    // its own types are checked where it is used
    return createRequire(import.meta.url)('@myriaddreamin/typst-ts-node-compiler') as TypstModule
  } catch (cause) {
    const sentence = 'PDF cannot be written on this computer: its typesetter does not start; choose DOCX or HTML.'
    throw new AnalyzerError('backend-unavailable', sentence, {}, { cause })
  }
}

const chartName = (index: number): string => `chart-${index}.svg`

/** The document as the layout reads it: charts as names, absent as null, letters that the typeface has. */
function layoutData(document: ReportDocument, fonts: FontSet) {
  const svgs: string[] = []
  const [year, month, day] = document.date.split('-').map(Number)
  const shown = (text: string): string => printableText(text, fonts, document.locale)
  const blockData = (block: ReportBlockOf): object => {
    switch (block.kind) {
      case 'figure': {
        svgs.push(block.svg)
        return {
          kind: block.kind,
          path: `/${chartName(svgs.length - 1)}`,
          alt: shown(block.alt),
          caption: shown(block.caption),
        }
      }
      case 'facts': {
        const items = block.items.map(({ label, value, note }) => ({
          label: shown(label),
          value: shown(value),
          note: note === undefined ? null : shown(note),
        }))
        return { kind: block.kind, look: block.look, items }
      }
      case 'banner':
        return { ...block, sentence: shown(block.sentence), number: block.number ?? null }
      case 'table':
        return { ...block, caption: shown(block.caption), rows: block.rows.map((row) => row.map(shown)) }
      case 'list':
        return { kind: block.kind, items: block.items.map(shown) }
      case 'paragraph':
        return { ...block, lead: block.lead === undefined ? null : shown(block.lead), text: shown(block.text) }
      case 'subheading':
        return { kind: block.kind, text: shown(block.text) }
    }
  }
  const { header, locale } = document
  const content = {
    title: shown(document.title),
    date: { year, month, day },
    lang: locale === 'zh-CN' ? 'zh' : 'en',
    region: locale === 'zh-CN' ? 'cn' : 'gb',
    paper: document.paper === 'letter' ? 'us-letter' : 'a4',
    plant: shown(header.plant),
    logo: header.logo === undefined ? null : 'logo.png',
    footer: shown(document.footer),
    contentsTitle: document.contentsTitle,
    pageWords: document.pageWords,
    attachment: attachmentName,
    sections: document.sections.map(({ title, level, startsPage, blocks }) => ({
      title: shown(title),
      level,
      startsPage,
      blocks: blocks.map(blockData),
    })),
  }
  return { content, svgs }
}
