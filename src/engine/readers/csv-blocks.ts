import { AnalyzerError } from '../../shared/errors'
import type { PlainRowReader, PlainRun, RowSlot } from './kernels/plain-rows'
import type { ByteSource } from './recording'
import { lineTooLong, longestLine } from './text-layout'

export const blockLength = 524_288 // characters read and parsed at a time
/** Room for the longest block: a long line, what follows it, and a line end where the file ends without. */
export const mostBlockBytes = longestLine + blockLength + 1

const lineFeed = 10
const carriageReturn = 13

/** Whole lines in a slot. */
export interface TextBlock {
  readonly slot: RowSlot
  readonly offset: number
  readonly byteCount: number
  /** What another thread made of it; undefined when that failed. */
  readonly reading: Promise<PlainRun | undefined> | undefined
}

/**
 * Blocks of whole lines in order, read ahead of who takes them: as many as there are slots, some of them parsed by another
 * thread meanwhile.
 */
export class BlockQueue {
  private queue: Promise<TextBlock | undefined>[] = []
  private nextOffset = -1

  constructor(
    private readonly source: ByteSource,
    private readonly rows: PlainRowReader,
  ) {}

  /** The block at `offset`, which ends where the next one starts; its slot is free again at the next call. */
  async take(offset: number, line: number): Promise<TextBlock> {
    if (offset !== this.nextOffset) {
      await this.drain()
      this.queue = []
    }
    const early = await this.queue.shift()
    // what failed ahead is read again, for the right line number
    const block = early ?? (await this.load(this.rows.slots[0], offset, line))
    this.nextOffset = offset + block.byteCount
    this.readAhead(block)
    return block
  }

  /** Ends when nobody writes to the slots any more. */
  async drain(): Promise<void> {
    for (const block of await Promise.all(this.queue)) await block?.reading
  }

  private readAhead(taken: TextBlock): void {
    const { slots } = this.rows
    let before: Promise<TextBlock | undefined> = this.queue.at(-1) ?? Promise.resolve(taken)
    const first = slots.indexOf(taken.slot)
    for (let ahead = this.queue.length + 1; ahead < slots.length; ahead++) {
      const slot = slots[(first + ahead) % slots.length]
      before = before.then((block) => block && this.loadBehind(block, slot)).catch(() => undefined)
      this.queue.push(before)
    }
  }

  private async loadBehind(before: TextBlock, slot: RowSlot): Promise<TextBlock | undefined> {
    const offset = before.offset + before.byteCount
    return offset < this.source.size ? this.load(slot, offset, 0) : undefined
  }

  private async load(slot: RowSlot, offset: number, line: number): Promise<TextBlock> {
    const byteCount = await readLines(this.source, offset, this.source.size, line, slot.bytes)
    const reading = this.rows.readElsewhere(slot, byteCount)?.catch(() => undefined)
    return { slot, offset, byteCount, reading }
  }
}

/** Fills `target` with whole lines of [offset, limit), the last ending with a line end (added where the file ends without). */
export async function readLines(
  source: ByteSource,
  offset: number,
  limit: number,
  line: number,
  target: Uint8Array,
): Promise<number> {
  for (let length = blockLength; ; length = longestLine + blockLength) {
    const count = await readInto(source, offset, target.subarray(0, Math.min(length, limit - offset)))
    if (count === 0 && offset < limit) throw shortened(offset, limit)
    const bytes = target.subarray(0, count)
    if (offset + count >= limit) return closed(target, count)
    const last = lastLineEnd(bytes)
    if (last >= 0) return last + 1
    const firstZero = bytes.indexOf(0) // zeros to the end: what a logger left after a power cut
    if (firstZero >= 0) return closed(target, firstZero === 0 ? count : firstZero)
    if (length > blockLength) throw lineTooLong(line)
  }
}

async function readInto(source: ByteSource, start: number, target: Uint8Array): Promise<number> {
  if (source.readInto) return source.readInto(start, target)
  const bytes = await source.read(start, start + target.length)
  target.set(bytes)
  return bytes.length
}

function closed(target: Uint8Array, count: number): number {
  if (count > 0 && (target[count - 1] === lineFeed || target[count - 1] === carriageReturn)) return count
  target[count] = lineFeed
  return count + 1
}

/** Place of the last line end; not a CR at the very end, whose LF may come next. */
function lastLineEnd(bytes: Uint8Array): number {
  const feed = bytes.lastIndexOf(lineFeed)
  return feed >= 0 ? feed : bytes.lastIndexOf(carriageReturn, bytes.length - 2)
}

function shortened(offset: number, limit: number): AnalyzerError {
  return new AnalyzerError(
    'unreadable-file',
    `The file ends at character ${offset}, before its ${limit}; it became shorter while it was read.`,
    { offset, limit },
  )
}
