import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createInflate, createInflateRaw } from 'node:zlib'
import { AnalyzerError } from '../../shared/errors'
import type { SampleRange } from '../../shared/sample-range'
import { fileSourceOf, memorySource } from './byte-source'
import type { ByteSource } from './recording'

/** How deflated bytes are wrapped: RFC 1952, RFC 1950, RFC 1951. */
type DeflateWrapper = 'gzip' | 'zlib' | 'raw'

/** What one recording may unpack in all. Mutable: each call takes its part. */
export interface InflateBudget {
  /** Bytes that may stay in memory; the rest goes to temporary files. */
  memoryBytes: number
  totalBytes: number
}

interface Inflated {
  /** Closing it removes its temporary file. */
  readonly source: ByteSource
  /** The compressed stream ended before its end mark; `source` holds what came before. */
  readonly isTruncated: boolean
}

const blockBytes = 256 * 1024
/** Real measurements deflate 2 to 20 times, silence up to 1000 times: a long, nearly empty stream is a bomb. */
const suspiciousRatio = 200
const suspiciousFromBytes = 256 * 2 ** 20

/** 32 MiB in memory, 4 GiB on disk. */
export function createInflateBudget(): InflateBudget {
  return { memoryBytes: 32 * 2 ** 20, totalBytes: 4 * 2 ** 30 }
}

/**
 * Unpacks the bytes `range` of `source`. Memory stays within the budget: larger content goes to a temporary file.
 * Errors: unreadable-file when the stream is damaged, or larger than the budget, or swells like a gzip bomb.
 */
export async function inflateSource(
  source: ByteSource,
  range: SampleRange,
  wrapper: DeflateWrapper,
  name: string,
  budget: InflateBudget,
): Promise<Inflated> {
  const sink = new SpillSink(name, range.end - range.start, budget)
  try {
    const isTruncated = await runInflater(source, range, wrapper, sink)
    return { source: await sink.finish(), isTruncated }
  } catch (error) {
    sink.discard()
    throw describeInflateError(error, name)
  }
}

async function runInflater(
  source: ByteSource,
  range: SampleRange,
  wrapper: DeflateWrapper,
  sink: SpillSink,
): Promise<boolean> {
  const inflater = { gzip: createGunzip, zlib: createInflate, raw: createInflateRaw }[wrapper]({
    chunkSize: blockBytes,
  })
  const writable = new Writable({
    write(chunk: Uint8Array, _encoding, done) {
      try {
        sink.append(chunk)
        done()
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)))
      }
    },
  })
  try {
    await pipeline(Readable.from(blocksOf(source, range), { objectMode: false }), inflater, writable)
    return false
  } catch (error) {
    // zlib answers Z_BUF_ERROR at the end of the input only, when all that could be unpacked has been
    if (codeOf(error) === 'Z_BUF_ERROR') return true
    throw error
  }
}

async function* blocksOf(source: ByteSource, range: SampleRange): AsyncGenerator<Uint8Array> {
  for (let start = range.start; start < range.end; start += blockBytes) {
    const block = await source.read(start, Math.min(start + blockBytes, range.end))
    if (block.length === 0) return
    yield block
  }
}

/** Keeps bytes in memory while the budget lasts, then moves them to a temporary file. */
class SpillSink {
  private readonly chunks: Uint8Array[] = []
  private byteCount = 0
  private file: { readonly folder: string; readonly path: string; readonly descriptor: number } | undefined

  constructor(
    private readonly name: string,
    private readonly packedBytes: number,
    private readonly budget: InflateBudget,
  ) {}

  append(chunk: Uint8Array): void {
    this.byteCount += chunk.length
    this.budget.totalBytes -= chunk.length
    if (this.budget.totalBytes < 0) throw this.tooLarge('more than 4 GiB')
    if (this.byteCount > suspiciousFromBytes && this.byteCount > suspiciousRatio * this.packedBytes) {
      throw this.tooLarge(`more than ${suspiciousRatio} times its size`)
    }
    this.budget.memoryBytes -= chunk.length
    if (this.file === undefined && this.budget.memoryBytes >= 0) this.chunks.push(chunk)
    else this.appendToFile(chunk)
  }

  async finish(): Promise<ByteSource> {
    const file = this.file
    if (file === undefined) return memorySource(this.name, this.joined())
    closeSync(file.descriptor)
    const source = fileSourceOf(await open(file.path, 'r'), file.path, this.name, this.byteCount)
    return {
      ...source,
      async close() {
        await source.close()
        rmSync(file.folder, { recursive: true, force: true })
      },
    }
  }

  discard(): void {
    this.chunks.length = 0
    if (this.file === undefined) return
    closeSync(this.file.descriptor)
    rmSync(this.file.folder, { recursive: true, force: true })
    this.file = undefined
  }

  private appendToFile(chunk: Uint8Array): void {
    this.budget.memoryBytes += chunk.length
    if (this.file === undefined) {
      const folder = mkdtempSync(join(tmpdir(), 'vibralens-'))
      const path = join(folder, 'unpacked')
      this.file = { folder, path, descriptor: openSync(path, 'wx', 0o600) }
      for (const held of this.chunks.splice(0)) {
        this.budget.memoryBytes += held.length
        writeWhole(this.file.descriptor, held)
      }
    }
    writeWhole(this.file.descriptor, chunk)
  }

  private joined(): Uint8Array {
    const bytes = new Uint8Array(this.byteCount)
    let offset = 0
    for (const chunk of this.chunks.splice(0)) {
      bytes.set(chunk, offset)
      offset += chunk.length
    }
    return bytes
  }

  private tooLarge(size: string): AnalyzerError {
    return new AnalyzerError(
      'unreadable-file',
      `"${this.name}" unpacks to ${size}; unpack it yourself if that is really a recording.`,
      { name: this.name, packedBytes: this.packedBytes, unpackedBytes: this.byteCount },
    )
  }
}

function writeWhole(descriptor: number, bytes: Uint8Array): void {
  let written = 0
  while (written < bytes.length) written += writeSync(descriptor, bytes, written)
}

function describeInflateError(error: unknown, name: string): AnalyzerError {
  if (error instanceof AnalyzerError) return error
  const code = codeOf(error)
  if (code === 'ENOSPC') {
    return new AnalyzerError('unreadable-file', `"${name}" could not be unpacked: no space is left in ${tmpdir()}.`, {
      name,
    })
  }
  return new AnalyzerError(
    'unreadable-file',
    `"${name}" is damaged: its compressed data cannot be unpacked (${code}).`,
    { name, code },
    { cause: error },
  )
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
}
