import { AnalyzerError } from '../../shared/errors'
import { readExactly } from './byte-source'
import type { ByteSource, Notice } from './recording'

/** What the walk over the chunks of a WAV file found; positions in bytes from the start of the file. */
export interface WavLayout {
  readonly container: 'RIFF' | 'RIFX' | 'RF64' | 'BW64'
  readonly isLittleEndian: boolean
  readonly format: Uint8Array
  readonly dataStart: number
  /** Bytes of samples that are really there. */
  readonly dataBytes: number
  readonly broadcast: Uint8Array | undefined
  readonly notices: readonly Notice[]
}

interface Chunk {
  readonly id: string
  readonly start: number
  /** As the header says. */
  readonly size: number
}

/** Enough for any real header; stops a file made of millions of empty chunks. */
const chunkLimit = 512
const unknownSize = 0xffffffff
const keptChunkBytes = 1024

/** Walks the chunk headers only (RIFF 1.0; RF64 and BW64: EBU Tech 3306, ITU-R BS.2088). Errors: unreadable-file. */
export async function readWavLayout(source: ByteSource): Promise<WavLayout> {
  const head = await readExactly(source, 0, 12, 'the RIFF header')
  const container = containerOf(head)
  const isLittleEndian = container !== 'RIFX'
  const walker = new ChunkWalker(source, isLittleEndian)
  await walker.walk()
  const { format, data } = walker
  if (format === undefined) throw missingChunk(source.name, 'format chunk ("fmt ")')
  if (data === undefined) throw missingChunk(source.name, 'samples (no "data" chunk)')
  const { dataBytes, notice } = measureData(source, data, walker)
  const notices = [notice, walker.strayNotice(notice === undefined)].filter((entry) => entry !== undefined)
  return { container, isLittleEndian, format, dataStart: data.start, dataBytes, broadcast: walker.broadcast, notices }
}

/** RIFF, RIFX, RF64 or BW64 with the form type WAVE. */
export function looksLikeWav(head: Uint8Array): boolean {
  return (
    head.length >= 12 && ['RIFF', 'RIFX', 'RF64', 'BW64'].includes(textOf(head, 0, 4)) && textOf(head, 8, 12) === 'WAVE'
  )
}

function containerOf(head: Uint8Array): WavLayout['container'] {
  const id = textOf(head, 0, 4)
  return id === 'RIFX' || id === 'RF64' || id === 'BW64' ? id : 'RIFF'
}

class ChunkWalker {
  format: Uint8Array | undefined
  data: Chunk | undefined
  broadcast: Uint8Array | undefined
  /** Of the ds64 chunk. */
  longDataSize: number | undefined
  private strayStart: number | undefined

  constructor(
    private readonly source: ByteSource,
    private readonly isLittleEndian: boolean,
  ) {}

  /** Chunk follows chunk up to the end of the file. */
  get isChainWhole(): boolean {
    return this.strayStart === undefined
  }

  async walk(): Promise<void> {
    let position = 12
    for (let count = 0; position + 8 <= this.source.size; count++) {
      if (count >= chunkLimit) throw missingChunk(this.source.name, `samples among its first ${chunkLimit} chunks`)
      const chunk = await this.readHeader(position)
      if (!/^[\x20-\x7e]{4}$/.test(chunk.id)) {
        this.strayStart = position
        return
      }
      await this.keep(chunk)
      const size = chunk === this.data ? this.dataExtent(chunk) : chunk.size
      position = chunk.start + size + (size % 2)
      if (position < this.source.size && position + 8 > this.source.size) this.strayStart = position
    }
  }

  /** Bytes after the samples that belong to no chunk: often samples that an interrupted logger never counted. */
  strayNotice(isSizeTrusted: boolean): Notice | undefined {
    const data = this.data
    if (data === undefined || this.strayStart === undefined || !isSizeTrusted || this.strayStart < data.start)
      return undefined
    const count = this.source.size - this.strayStart
    return {
      code: 'stray-bytes',
      message: `${count} bytes after the samples belong to no chunk and are not read; the header may be older than the data.`,
    }
  }

  private async readHeader(position: number): Promise<Chunk> {
    const bytes = await readExactly(this.source, position, position + 8, 'a chunk header')
    const view = new DataView(bytes.buffer, bytes.byteOffset, 8)
    return { id: textOf(bytes, 0, 4), start: position + 8, size: view.getUint32(4, this.isLittleEndian) }
  }

  private async keep(chunk: Chunk): Promise<void> {
    if (chunk.id === 'data') this.data ??= chunk
    if (chunk.id === 'fmt ') this.format ??= await this.contentOf(chunk)
    if (chunk.id === 'bext') this.broadcast ??= await this.contentOf(chunk)
    if (chunk.id === 'ds64') this.longDataSize ??= this.longSizeOf(await this.contentOf(chunk))
  }

  private contentOf(chunk: Chunk): Promise<Uint8Array> {
    return this.source.read(chunk.start, chunk.start + Math.min(chunk.size, keptChunkBytes))
  }

  private longSizeOf(bytes: Uint8Array): number | undefined {
    if (bytes.length < 16) return undefined
    return Number(new DataView(bytes.buffer, bytes.byteOffset, 16).getBigUint64(8, this.isLittleEndian))
  }

  /** Where the walk goes on behind the samples; an unknown size ends it. */
  private dataExtent(chunk: Chunk): number {
    if (chunk.size === unknownSize) return this.longDataSize ?? this.source.size
    return chunk.size
  }
}

/** The bytes of samples that are there, and what is wrong with the size that the header says. */
function measureData(
  source: ByteSource,
  data: Chunk,
  { longDataSize, isChainWhole }: ChunkWalker,
): { readonly dataBytes: number; readonly notice: Notice | undefined } {
  const there = Math.max(0, source.size - data.start)
  const promised = data.size === unknownSize && longDataSize !== undefined ? longDataSize : data.size
  // a data chunk that is followed by whole chunks up to the end of the file is empty, not interrupted
  if (promised === 0 && isChainWhole) return { dataBytes: 0, notice: undefined }
  if ((promised === 0 || promised === unknownSize) && there > 0) {
    const said = promised === 0 ? '0' : 'an unknown number of'
    const message = `The header promises ${said} bytes of samples, as after a power cut; all ${there} bytes to the end of the file are read.`
    return { dataBytes: there, notice: { code: 'data-size-missing', message } }
  }
  if (promised > there) {
    const message = `The header promises ${promised} bytes of samples, but only ${there} are there; these are read.`
    return { dataBytes: there, notice: { code: 'truncated-data', message } }
  }
  return { dataBytes: promised, notice: undefined }
}

function missingChunk(name: string, what: string): AnalyzerError {
  return new AnalyzerError('unreadable-file', `"${name}" is a WAV file without ${what}.`, { name })
}

export function textOf(bytes: Uint8Array, start: number, end: number): string {
  let text = ''
  for (let i = start; i < Math.min(end, bytes.length); i++) text += String.fromCharCode(bytes[i])
  return text
}
