import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { AnalyzerError } from '../../shared/errors'
import type { ProjectHistory } from '../../shared/project/history'
import { repeatStep, startHistory } from '../../shared/project/history'
import { readProject } from '../../shared/project/migrations'
import type { ProjectDocument } from '../../shared/project/project-document'
import { emptyProject } from '../../shared/project/project-document'
import type { ProjectNotice } from '../../shared/project/project-state'
import type { Disk } from '../files/disk'
import { fileErrorCode } from '../files/write-errors'
import type { JournalLine, ReadJournal } from './journal-lines'
import { readJournal } from './journal-lines'
import type { PathMap } from './stored-paths'
import { mapDocument, mapEdit } from './stored-paths'

export interface LoadedProject {
  readonly history: ProjectHistory
  /** Edits that the file does not hold, with paths as stored. */
  readonly lines: readonly JournalLine[]
  /** What the file holds up to. */
  readonly savedEdit: number
  /** Of the file's text; undefined = there is no file. */
  readonly fileSha256: string | undefined
  readonly notices: readonly ProjectNotice[]
}

export interface LoadSource {
  readonly disk: Disk
  /** Of the journal. */
  readonly places: readonly string[]
  readonly paths: PathMap
  /** Another window may be writing, and nothing is written here. */
  readonly isReader: boolean
}

const mostReadings = 5

/** @throws AnalyzerError unreadable-file */
export async function loadProjectFile(source: LoadSource, path: string): Promise<LoadedProject> {
  const { disk, places, paths } = source
  const name = basename(path)
  let text = await existingText(disk, path)
  let journal = await bestJournal(disk, places)
  // file and journal of one moment: a save in between makes them anew
  for (let reading = 1; reading < mostReadings; reading++) {
    const again = await existingText(disk, path)
    if (again === text) break
    text = again
    journal = await bestJournal(disk, places)
  }
  const document = mapDocument(readProject(parsed(text, name), name), paths.toAbsolute)
  return replayed(source, document, journal, sha256Of(text))
}

async function existingText(disk: Disk, path: string): Promise<string> {
  const text = await readTextOf(disk, path)
  if (text === undefined) throw new AnalyzerError('unreadable-file', `"${path}" does not exist.`, { path })
  return text
}

/** A project without a file is its journal. @throws AnalyzerError unreadable-file */
export async function loadUnsaved(source: LoadSource, programVersion: string): Promise<LoadedProject> {
  const journal = await bestJournal(source.disk, source.places)
  if (journal === undefined) {
    throw new AnalyzerError('unreadable-file', 'This unsaved project is no longer there.', { place: source.places[0] })
  }
  const { projectId, createdAt } = journal.read.head
  return replayed(source, emptyProject(projectId, createdAt, programVersion), journal, undefined)
}

interface FoundJournal {
  readonly place: string
  readonly text: string
  readonly read: ReadJournal
}

/** Of several the one that goes furthest: edits go to the next place when the first cannot be written. */
async function bestJournal(disk: Disk, places: readonly string[]): Promise<FoundJournal | undefined> {
  let best: FoundJournal | undefined
  for (const place of places) {
    const text = await readTextOf(disk, place)
    const read = text === undefined ? undefined : readJournal(text)
    if (text === undefined || read === undefined) continue
    if (best === undefined || lastEditOf(read) > lastEditOf(best.read)) best = { place, text, read }
  }
  return best
}

function lastEditOf({ lines }: ReadJournal): number {
  return lines.at(-1)?.n ?? 0
}

async function replayed(
  { disk, paths, isReader }: LoadSource,
  document: ProjectDocument,
  journal: FoundJournal | undefined,
  fileSha256: string | undefined,
): Promise<LoadedProject> {
  const savedEdit = document.lastEdit
  const base = { savedEdit, fileSha256 }
  const start = startHistory(document)
  if (journal === undefined) return { ...base, history: start, lines: [], notices: [] }
  const { head, lines, damagedFromLine } = journal.read
  const later = lines.filter(({ n }) => n > savedEdit)
  const isForeign = head.projectId !== document.projectId || (later.length > 0 && later[0].n !== savedEdit + 1)
  const replay = isForeign ? { history: start, lines: [] } : replayLines(start, later, paths)
  const isWhole = !isForeign && damagedFromLine === undefined && replay.lines.length === later.length
  const notices: ProjectNotice[] = []
  if (!isWhole) {
    const kept = `${journal.place}.bad`
    if (!isReader) await disk.writeWhole(kept, journal.text).catch(() => undefined) // a folder that cannot be written
    const what = isForeign ? 'does not belong to this state of the project' : 'is damaged'
    const message = `The journal "${journal.place}" ${what}: ${replay.lines.length} edits of it were used; ${isReader ? 'it is left as it is' : `it is kept as "${basename(kept)}"`}.`
    notices.push({ code: 'journal-damaged', message })
  }
  if (replay.lines.length > 0) {
    const message = `${replay.lines.length} edits that were not saved were recovered from the journal.`
    notices.push({ code: 'journal-recovered', message })
  }
  return { ...base, ...replay, notices }
}

/** Up to the first one that does not fit. */
function replayLines(
  start: ProjectHistory,
  lines: readonly JournalLine[],
  paths: PathMap,
): { readonly history: ProjectHistory; readonly lines: readonly JournalLine[] } {
  let history = start
  for (const [index, { n, as, edit, mergeKey }] of lines.entries()) {
    try {
      const next = repeatStep(history, { as, edit: mapEdit(edit, paths.toAbsolute), mergeKey })
      history = { ...next, document: { ...next.document, lastEdit: n } }
    } catch (error) {
      if (error instanceof AnalyzerError) return { history, lines: lines.slice(0, index) }
      throw error
    }
  }
  return { history, lines }
}

export function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function parsed(text: string, name: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new AnalyzerError(
      'unreadable-file',
      `"${name}" is no VibraLens project: it is not JSON.`,
      { name },
      { cause },
    )
  }
}

async function readTextOf(disk: Disk, path: string): Promise<string | undefined> {
  try {
    return await disk.readText(path)
  } catch (cause) {
    const code = fileErrorCode(cause)
    if (code === undefined) throw cause
    throw new AnalyzerError('unreadable-file', `"${path}" cannot be read (${code}).`, { path, code }, { cause })
  }
}
