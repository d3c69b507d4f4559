import { z } from 'zod'
import { entityId } from '../../shared/project/annotation'
import { projectEditSchema } from '../../shared/project/edits'

/**
 * The journal, "vibralens.journal/1": one JSON a line; the first says whose it is, each further one is an edit that the
 * project file does not hold yet. A line counts when its line feed is there: half a line was never acknowledged.
 */
const headSchema = z.strictObject({
  schema: z.literal('vibralens.journal/1'),
  projectId: entityId,
  createdAt: z.iso.datetime(),
  /** Of the lock of the process that writes here. */
  token: z.string(),
})

const lineSchema = z.strictObject({
  /** Number of the edit: those that the file holds already are passed over. */
  n: z.int().positive(),
  at: z.iso.datetime(),
  as: z.enum(['edit', 'undo', 'redo']),
  edit: projectEditSchema,
  mergeKey: z.string().optional(),
})

export type JournalHead = z.infer<typeof headSchema>
export type JournalLine = z.infer<typeof lineSchema>

export interface ReadJournal {
  readonly head: JournalHead
  readonly lines: readonly JournalLine[]
  /** From 1; whole lines from here on could not be understood. */
  readonly damagedFromLine?: number
}

export function composeHead(head: Omit<JournalHead, 'schema'>): string {
  return `${JSON.stringify({ schema: 'vibralens.journal/1', ...head })}\n`
}

export function composeLine(line: JournalLine): string {
  return `${JSON.stringify(line)}\n`
}

/** Undefined where not even the first line is a journal's. */
export function readJournal(text: string): ReadJournal | undefined {
  const whole = text.split('\n').slice(0, -1)
  const head = headSchema.safeParse(parseLine(whole[0] ?? ''))
  if (!head.success) return undefined
  const lines: JournalLine[] = []
  for (const content of whole.slice(1)) {
    const line = lineSchema.safeParse(parseLine(content))
    const isNext = line.success && (lines.length === 0 || line.data.n === lines[lines.length - 1].n + 1)
    if (!isNext) return { head: head.data, lines, damagedFromLine: lines.length + 2 }
    lines.push(line.data)
  }
  return { head: head.data, lines }
}

function parseLine(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    return undefined
  }
}
