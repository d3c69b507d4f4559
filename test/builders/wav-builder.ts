import { ByteWriter } from './byte-writer'

export interface WavOptions {
  readonly container?: 'RIFF' | 'RIFX' | 'RF64' | 'BW64'
  /** 1 integer, 3 float; others as in the registry of codecs. */
  readonly codec?: number
  readonly bits?: number
  readonly isExtensible?: boolean
  readonly sampleRateHz?: number
  readonly blockBytes?: number
  readonly channelCount?: number
  /** What the data chunk's header says, where it lies. */
  readonly dataSize?: number
  /** What ds64 says (RF64, BW64). */
  readonly longDataSize?: number
  readonly broadcast?: Uint8Array
  /** Chunks in front of the samples and behind them: id and content. */
  readonly before?: readonly (readonly [string, Uint8Array])[]
  readonly after?: readonly (readonly [string, Uint8Array])[]
  /** Bytes behind everything, in no chunk. */
  readonly tail?: Uint8Array
}

/** A WAV file of interleaved samples: raw integers (8 bit: 0 to 255) or floats. */
export function buildWav(samples: readonly number[], options: WavOptions = {}): Uint8Array {
  const { container = 'RIFF', codec = 1, bits = 16, channelCount = 1, sampleRateHz = 12000 } = options
  const isLittleEndian = container !== 'RIFX'
  const blockBytes = options.blockBytes ?? channelCount * Math.ceil(bits / 8)
  const data = packSamples(samples, codec, bits, isLittleEndian)
  const writer = new ByteWriter(isLittleEndian).text(container).u32(0xffffffff).text('WAVE')
  if (container === 'RF64' || container === 'BW64') {
    writer
      .text('ds64')
      .u32(28)
      .u64(0, options.longDataSize ?? data.length, 0)
      .u32(0)
  }
  for (const [id, content] of options.before ?? []) writeChunk(writer, id, content)
  if (options.broadcast) writeChunk(writer, 'bext', options.broadcast)
  const tag = options.isExtensible ? 0xfffe : codec
  const format = new ByteWriter(isLittleEndian)
    .u16(tag, channelCount)
    .u32(sampleRateHz, sampleRateHz * blockBytes)
    .u16(blockBytes, bits)
  if (options.isExtensible)
    format.u16(22, bits).u32(0).u16(codec).u16(0, 16, 128).text('\0\0\xaa\0\x38\x9b\x71').zeros(1)
  writeChunk(writer, 'fmt ', format.finish())
  const defaultSize = container === 'RF64' || container === 'BW64' ? 0xffffffff : data.length
  writer
    .text('data')
    .u32(options.dataSize ?? defaultSize)
    .bytes(data)
  if (data.length % 2 === 1 && options.after) writer.zeros(1)
  for (const [id, content] of options.after ?? []) writeChunk(writer, id, content)
  return writer.bytes(options.tail ?? new Uint8Array()).finish()
}

function writeChunk(writer: ByteWriter, id: string, content: Uint8Array): void {
  writer.text(id).u32(content.length).bytes(content)
  if (content.length % 2 === 1) writer.zeros(1)
}

function packSamples(samples: readonly number[], codec: number, bits: number, isLittleEndian: boolean): Uint8Array {
  const writer = new ByteWriter(isLittleEndian)
  if (codec === 3) return (bits === 64 ? writer.f64(...samples) : writer.f32(...samples)).finish()
  const width = Math.ceil(bits / 8)
  const bytes = new Uint8Array(samples.length * width)
  samples.forEach((sample, index) => {
    for (let byte = 0; byte < width; byte++) {
      const place = isLittleEndian ? byte : width - 1 - byte
      bytes[index * width + place] = Math.floor(sample / 256 ** byte) & 0xff
    }
  })
  return writer.bytes(bytes).finish()
}
