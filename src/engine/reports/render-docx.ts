import {
  AlignmentType,
  Bookmark,
  BorderStyle,
  Document,
  Footer,
  Header,
  HeadingLevel,
  ImageRun,
  InternalHyperlink,
  Packer,
  PageNumber,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'
import type { IBorderOptions, IParagraphOptions, ParagraphChild } from 'docx'
import type {
  LabelledValue,
  ReportBlockOf,
  ReportDocument,
  ReportFigure,
  ReportTable,
} from '../../shared/report/document'
import type { JobContext } from '../jobs/job-context'
import { fixZip } from './fix-zip'
import { loadFonts } from './fonts'
import { faint, ink } from './picture-style'
import { dotsPerPx } from './report-canvas'
import { renderPng } from './render-png'

/** Twentieths of a point. */
const marginTwips = 1020 // 18 mm
const paperTwips = { a4: { width: 11_906, height: 16_838 }, letter: { width: 12_240, height: 15_840 } } as const
const toneColours = { fault: 'A1231A', healthy: '14568F', uncertain: '8A5A00', unknown: '57606A' } as const
const faintColour = faint.slice(1)
const lineColour = 'C3C9D0'
/** What Word has everywhere; Latin and Chinese letters are set apart by Word itself. */
const font = { ascii: 'Arial', hAnsi: 'Arial', cs: 'Arial', eastAsia: 'Microsoft YaHei' }

type Child = Paragraph | Table

interface Sheet {
  readonly widthTwips: number
  readonly job: JobContext
}

/** An editable document; the same document gives the same bytes. */
export async function renderDocx(document: ReportDocument, job: JobContext): Promise<Uint8Array> {
  const size = paperTwips[document.paper]
  const sheet: Sheet = { widthTwips: size.width - 2 * marginTwips, job }
  const children: Child[] = []
  document.sections.forEach((section, index) => {
    children.push(heading(section.title, index, section.startsPage))
    for (const block of section.blocks) children.push(...blockOf(block, sheet))
    if (index === 0) children.push(...contents(document))
  })
  const chinese = document.locale === 'zh-CN'
  const file = new Document({
    title: document.title,
    creator: 'VibraLens',
    lastModifiedBy: 'VibraLens',
    description: '',
    styles: {
      default: {
        document: {
          run: {
            font,
            size: 19,
            color: ink.slice(1),
            language: { value: chinese ? 'zh-CN' : 'en-GB', eastAsia: 'zh-CN' },
          },
          paragraph: { spacing: { after: 100, line: 276, lineRule: 'auto' } },
        },
        heading1: {
          run: { font, size: 30, bold: true, color: ink.slice(1) },
          paragraph: { spacing: { before: 280, after: 140 } },
        },
        heading2: {
          run: { font, size: 22, bold: true, color: ink.slice(1) },
          paragraph: { spacing: { before: 220, after: 90 } },
        },
      },
    },
    sections: [
      {
        properties: { page: { size, margin: { top: 1500, bottom: 1130, left: marginTwips, right: marginTwips } } },
        headers: { default: pageHeader(document, sheet) },
        footers: { default: pageFooter(document, sheet) },
        children,
      },
    ],
  })
  return fixZip(await Packer.toBuffer(file), document.date)
}

function heading(words: string, index: number, pageBreakBefore: boolean): Paragraph {
  const children = [new Bookmark({ id: `section-${index}`, children: [new TextRun(words)] })]
  return new Paragraph({ heading: HeadingLevel.HEADING_1, pageBreakBefore, children })
}

/** Links, not a field: a field is empty until somebody updates it. */
function contents({ sections, contentsTitle }: ReportDocument): Paragraph[] {
  const lines = sections.slice(1).map(({ title }, index) => {
    const children = [new TextRun({ text: title, color: '14568F' })]
    return new Paragraph({ children: [new InternalHyperlink({ anchor: `section-${index + 1}`, children })] })
  })
  return [new Paragraph({ heading: HeadingLevel.HEADING_2, children: [new TextRun(contentsTitle)] }), ...lines]
}

function pageHeader({ header, title }: ReportDocument, { widthTwips }: Sheet): Header {
  const children: ParagraphChild[] = []
  if (header.logo !== undefined) {
    const height = 34
    const width = Math.min(220, (height * header.logo.widthPx) / header.logo.heightPx)
    children.push(picture(header.logo.png, width, height, '', 'logo'), new TextRun('  '))
  }
  children.push(new TextRun({ text: header.plant, bold: true, color: faintColour, size: 17 }))
  children.push(new TextRun({ text: `\t${title}`, color: faintColour, size: 17 }))
  return new Header({ children: [ruled({ children }, widthTwips, 'bottom')] })
}

function pageFooter({ footer, pageWords }: ReportDocument, { widthTwips }: Sheet): Footer {
  const pieces = pageWords.split(/(\{page\}|\{total\})/).filter((piece) => piece !== '')
  const numbers = pieces.map((piece) =>
    piece === '{page}' ? PageNumber.CURRENT : piece === '{total}' ? PageNumber.TOTAL_PAGES : piece,
  )
  const style = { color: faintColour, size: 16 }
  const children = [new TextRun({ text: `${footer}\t`, ...style }), new TextRun({ children: numbers, ...style })]
  return new Footer({ children: [ruled({ children }, widthTwips, 'top')] })
}

/** A line with its second part at the right edge. */
function ruled(options: IParagraphOptions, widthTwips: number, side: 'top' | 'bottom'): Paragraph {
  return new Paragraph({
    ...options,
    tabStops: [{ type: 'right', position: widthTwips }],
    border: { [side]: { style: BorderStyle.SINGLE, size: 4, color: lineColour, space: 4 } },
  })
}

function blockOf(block: ReportBlockOf, sheet: Sheet): Child[] {
  switch (block.kind) {
    case 'subheading':
      return [new Paragraph({ heading: HeadingLevel.HEADING_2, keepNext: true, children: [new TextRun(block.text)] })]
    case 'paragraph': {
      const lead = block.lead === undefined ? [] : [new TextRun({ text: `${block.lead} `, bold: true })]
      const style = block.isNote ? { color: faintColour, size: 17 } : {}
      return [new Paragraph({ children: [...lead, ...lines(block.text, style)] })]
    }
    case 'list':
      return block.items.map((item) => new Paragraph({ bullet: { level: 0 }, children: lines(item, {}) }))
    case 'facts':
      return [factTable(block.items, block.look === 'boxed', sheet), space()]
    case 'banner':
      return [space(), bannerTable(block, sheet), space()]
    case 'table':
      return [...dataTable(block, sheet), space()]
    case 'figure':
      return figureOf(block, sheet)
  }
}

/** Tables that touch become one. */
function space(): Paragraph {
  return new Paragraph({ spacing: { after: 60, line: 120, lineRule: 'auto' }, children: [] })
}

type RunStyle = { readonly color?: string; readonly size?: number; readonly bold?: boolean }

function lines(text: string, style: RunStyle): TextRun[] {
  return text.split(/\r\n?|\n/).map((line, index) => new TextRun({ text: line, break: index === 0 ? 0 : 1, ...style }))
}

const none: IBorderOptions = { style: BorderStyle.NONE, size: 0, color: 'auto' }
const noBorders = { top: none, bottom: none, left: none, right: none, insideHorizontal: none, insideVertical: none }

interface Cell {
  readonly children: Paragraph[]
  readonly share: number
  readonly fill?: string
}

function tableOf(
  rows: readonly { readonly cells: readonly Cell[]; readonly isHead: boolean }[],
  borders: object,
  { widthTwips }: Sheet,
): Table {
  const total = rows[0].cells.reduce((sum, { share }) => sum + share, 0)
  const widths = rows[0].cells.map(({ share }) => Math.floor((share / total) * widthTwips))
  return new Table({
    width: { size: widthTwips, type: WidthType.DXA },
    columnWidths: widths,
    layout: 'fixed',
    borders: { ...noBorders, ...borders },
    rows: rows.map(
      ({ cells, isHead }) =>
        new TableRow({
          tableHeader: isHead,
          cantSplit: true,
          children: cells.map(
            ({ children, fill }, index) =>
              new TableCell({
                children,
                width: { size: widths[index], type: WidthType.DXA },
                margins: { top: 50, bottom: 50, left: 90, right: 90 },
                verticalAlign: fill === undefined ? 'top' : 'center',
                ...(fill === undefined ? {} : { shading: { type: ShadingType.CLEAR, fill, color: 'auto' } }),
              }),
          ),
        }),
    ),
  })
}

function tight(children: ParagraphChild[], alignment?: 'right'): Paragraph {
  return new Paragraph({
    spacing: { after: 0 },
    children,
    ...(alignment === undefined ? {} : { alignment: AlignmentType.RIGHT }),
  })
}

function factTable(items: readonly LabelledValue[], isBoxed: boolean, sheet: Sheet): Table {
  const line: IBorderOptions = { style: BorderStyle.SINGLE, size: 6, color: lineColour }
  const borders = isBoxed ? { top: line, bottom: line, left: line, right: line } : {}
  const rows = items.map(({ label, value, note }) => {
    const words = [tight(lines(value, {}))]
    if (note !== undefined) words.push(tight(lines(note, { color: faintColour, size: 16 })))
    const name = tight(lines(label, isBoxed ? { bold: true } : { color: faintColour }))
    return {
      isHead: false,
      cells: [
        { children: [name], share: 1 },
        { children: words, share: 4 },
      ],
    }
  })
  return tableOf(rows, borders, sheet)
}

function bannerTable(
  { tone, word, sentence, number }: Extract<ReportBlockOf, { kind: 'banner' }>,
  sheet: Sheet,
): Table {
  const fill = toneColours[tone]
  const white = 'FFFFFF'
  const cells: Cell[] = [
    { share: 3.4, fill, children: [tight(lines(word, { color: white, size: 36, bold: true }))] },
    { share: 5, fill, children: [tight(lines(sentence, { color: white, size: 24, bold: true }))] },
  ]
  if (number !== undefined) {
    const value = tight(lines(number.value, { color: white, size: 36, bold: true }), 'right')
    cells.push({ share: 2.6, fill, children: [value, tight(lines(number.label, { color: white, size: 16 }), 'right')] })
  }
  return tableOf([{ isHead: false, cells }], {}, sheet)
}

function dataTable({ caption, columns, rows }: ReportTable, sheet: Sheet): Child[] {
  const strong: IBorderOptions = { style: BorderStyle.SINGLE, size: 8, color: ink.slice(1) }
  const weak: IBorderOptions = { style: BorderStyle.SINGLE, size: 4, color: lineColour }
  const row = (cells: readonly string[], isHead: boolean) => ({
    isHead,
    cells: cells.map((text, index) => ({
      share: columns[index].share,
      children: [tight(lines(text, { size: 17, bold: isHead }), columns[index].isNumber ? 'right' : undefined)],
    })),
  })
  const titles = columns.map(({ title }) => title)
  return [
    new Paragraph({ keepNext: true, children: [new TextRun({ text: caption, bold: true, size: 17 })] }),
    tableOf(
      [row(titles, true), ...rows.map((cells) => row(cells, false))],
      { top: strong, bottom: strong, insideHorizontal: weak },
      sheet,
    ),
  ]
}

function figureOf({ svg, alt, caption, widthPx, heightPx, id }: ReportFigure, sheet: Sheet): Paragraph[] {
  sheet.job.signal.throwIfAborted()
  const png = renderPng(svg, loadFonts(), dotsPerPx)
  const width = (sheet.widthTwips / 1440) * 96 // px of 1/96 inch, as Word counts
  const height = (width * heightPx) / widthPx
  return [
    new Paragraph({ keepNext: true, children: [picture(png, width, height, alt, id)] }),
    new Paragraph({ children: [new TextRun({ text: caption, color: faintColour, size: 17 })] }),
  ]
}

function picture(png: Uint8Array, width: number, height: number, alt: string, name: string): ImageRun {
  return new ImageRun({
    type: 'png',
    data: png,
    transformation: { width: Math.round(width), height: Math.round(height) },
    altText: { name, description: alt, title: '' },
  })
}
