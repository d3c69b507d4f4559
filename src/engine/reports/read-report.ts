import { readFile, stat } from 'node:fs/promises'
import { inflateSync } from 'node:zlib'
import { PDFDict, PDFDocument, PDFHexString, PDFName, PDFRawStream, PDFString } from 'pdf-lib'
import type { PDFArray } from 'pdf-lib'
import { AnalyzerError } from '../../shared/errors'
import type { ReportBlock } from '../../shared/report/block'
import { attachmentName, reportBlockSchema } from '../../shared/report/block'

const largestPdfBytes = 500_000_000
const largestBlockBytes = 500_000_000

export interface ReadReport {
  readonly block: ReportBlock
  readonly bytes: Uint8Array
}

/** @throws AnalyzerError unreadable-file for no PDF, unsupported-format for a PDF that is no report of ours */
export async function readReportBlock(path: string): Promise<ReadReport> {
  const bytes = await readPdf(path)
  const text = await attachmentOf(bytes, path)
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch (cause) {
    throw new AnalyzerError('unreadable-file', `The data attached to "${path}" is damaged.`, { path }, { cause })
  }
  const parsed = reportBlockSchema.safeParse(raw)
  if (parsed.success) return { block: parsed.data, bytes }
  const [issue] = parsed.error.issues
  const sentence = `The data attached to "${path}" is not as a report of this version has it: ${issue.path.join('.')}: ${issue.message}.`
  throw new AnalyzerError('unsupported-format', sentence, { path })
}

async function readPdf(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path)
    if (size <= largestPdfBytes) return await readFile(path)
  } catch (cause) {
    throw new AnalyzerError('unreadable-file', `"${path}" cannot be read.`, { path }, { cause })
  }
  throw new AnalyzerError('unreadable-file', `"${path}" is larger than any report (${largestPdfBytes} bytes).`, {
    path,
  })
}

async function attachmentOf(bytes: Uint8Array, path: string): Promise<string> {
  const document = await loadPdf(bytes, path)
  try {
    const names = document.catalog.lookup(PDFName.of('Names'), PDFDict)
    const found = findEmbedded(names.lookup(PDFName.of('EmbeddedFiles'), PDFDict), 0)
    if (found !== undefined) return found
  } catch (cause) {
    throw notOurs(path, cause)
  }
  throw notOurs(path, undefined)
}

async function loadPdf(bytes: Uint8Array, path: string): Promise<PDFDocument> {
  try {
    return await PDFDocument.load(bytes, { updateMetadata: false })
  } catch (cause) {
    throw new AnalyzerError('unreadable-file', `"${path}" is not a PDF that can be read.`, { path }, { cause })
  }
}

function notOurs(path: string, cause: unknown): AnalyzerError {
  const sentence = `"${path}" carries no data of VibraLens; only the PDF of a report does.`
  return new AnalyzerError('unsupported-format', sentence, { path }, { cause })
}

const deepest = 16 // a name tree of ours has one node; one that nests deeper is broken

/** PDF 32000-1, 7.9.6: a node has names with their values, or kids. */
function findEmbedded(node: PDFDict, depth: number): string | undefined {
  if (depth > deepest) return undefined
  const names = lookupArray(node, 'Names')
  for (let i = 0; names !== undefined && i + 1 < names.size(); i += 2) {
    const name = names.lookup(i)
    const isText = name instanceof PDFString || name instanceof PDFHexString
    if (isText && name.decodeText() === attachmentName) return streamText(names.lookup(i + 1, PDFDict))
  }
  const kids = lookupArray(node, 'Kids')
  for (let i = 0; kids !== undefined && i < kids.size(); i++) {
    const found = findEmbedded(kids.lookup(i, PDFDict), depth + 1)
    if (found !== undefined) return found
  }
  return undefined
}

function lookupArray(node: PDFDict, name: string): PDFArray | undefined {
  const value = node.lookup(PDFName.of(name))
  return value !== undefined && 'asArray' in value ? (value as PDFArray) : undefined
}

function streamText(specification: PDFDict): string | undefined {
  const file = specification.lookup(PDFName.of('EF'), PDFDict).lookup(PDFName.of('F'))
  if (!(file instanceof PDFRawStream)) return undefined
  const isPacked = file.dict.lookup(PDFName.of('Filter')) !== undefined
  // bounded: a small file may stand for an endless one
  const content = isPacked ? inflateSync(file.contents, { maxOutputLength: largestBlockBytes }) : file.contents
  return new TextDecoder().decode(content)
}
