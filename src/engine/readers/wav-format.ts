import { AnalyzerError } from '../../shared/errors'
import { bytesOfItem, type ItemType } from './packed-items'

/** The sample layout of a WAV file (its `fmt ` chunk), checked. */
export interface WavFormat {
  readonly channelCount: number
  /** 0 = the file does not say. */
  readonly sampleRateHz: number
  /** Bytes of one sample of every channel. */
  readonly blockBytes: number
  readonly type: ItemType
  readonly bias: number
  readonly scale: number
  /** For people: '16-bit integer'. */
  readonly encoding: string
}

const pcm = 1
const ieeeFloat = 3
const extensible = 0xfffe

const compressedNames: Readonly<Record<number, string>> = {
  0x0002: 'Microsoft ADPCM',
  0x0006: 'A-law',
  0x0007: 'mu-law',
  0x0011: 'IMA ADPCM',
  0x0031: 'GSM 6.10',
  0x0040: 'G.721 ADPCM',
  0x0050: 'MPEG',
  0x0055: 'MP3',
  0x0092: 'AC-3',
  0x0161: 'Windows Media Audio',
  0x674f: 'Ogg Vorbis',
  0x00ff: 'AAC',
  0xf1ac: 'FLAC',
}

/** Reads WAVEFORMATEX and WAVEFORMATEXTENSIBLE (Microsoft, mmreg.h). Errors: unreadable-file, unsupported-format. */
export function parseWavFormat(bytes: Uint8Array, isLittleEndian: boolean, name: string): WavFormat {
  if (bytes.length < 16) {
    throw new AnalyzerError(
      'unreadable-file',
      `The format chunk of "${name}" has ${bytes.length} bytes; at least 16 were expected.`,
      { name, bytes: bytes.length },
    )
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const tag = view.getUint16(0, isLittleEndian)
  const channelCount = view.getUint16(2, isLittleEndian)
  const sampleRateHz = view.getUint32(4, isLittleEndian)
  const blockBytes = view.getUint16(12, isLittleEndian)
  const bits = view.getUint16(14, isLittleEndian)
  // the first two bytes of the sub-format GUID are the plain tag
  const codec = tag === extensible && bytes.length >= 26 ? view.getUint16(24, isLittleEndian) : tag
  if (codec !== pcm && codec !== ieeeFloat) throw compressedError(codec, name)
  if (channelCount === 0) {
    throw new AnalyzerError('unreadable-file', `The header of "${name}" says 0 channels; at least 1 was expected.`, {
      name,
    })
  }
  const type = codec === pcm ? integerType(bits, name) : floatType(bits, name)
  checkBlock(channelCount, blockBytes, bits, name)
  const encoding = `${bits}-bit ${codec === pcm ? 'integer' : 'float'}`
  return { channelCount, sampleRateHz, blockBytes, type, encoding, ...fullScale(type, codec) }
}

/** Odd widths (12 bit …) lie left-justified in whole bytes, so the byte width sets the scale. */
function integerType(bits: number, name: string): ItemType {
  const byteTypes: readonly ItemType[] = ['u8', 'i16', 'i24', 'i32']
  const type = bits > 0 ? byteTypes[Math.ceil(bits / 8) - 1] : undefined
  if (type !== undefined) return type
  throw new AnalyzerError(
    'unsupported-format',
    `"${name}" holds ${bits}-bit integer samples; 8, 16, 24 or 32 bits were expected.`,
    { name, bits },
  )
}

function floatType(bits: number, name: string): ItemType {
  if (bits === 32) return 'f32'
  if (bits === 64) return 'f64'
  throw new AnalyzerError(
    'unsupported-format',
    `"${name}" holds ${bits}-bit float samples; 32 or 64 bits were expected.`,
    {
      name,
      bits,
    },
  )
}

function checkBlock(channelCount: number, blockBytes: number, bits: number, name: string): void {
  const expected = channelCount * Math.ceil(bits / 8)
  if (blockBytes === expected) return
  throw new AnalyzerError(
    'unreadable-file',
    `The header of "${name}" contradicts itself: ${channelCount} channels of ${bits} bits make blocks of ${expected} bytes, but it says ${blockBytes}.`,
    { name, channelCount, bits, blockBytes, expected },
  )
}

/** Integers become ±1 at full scale; 8-bit WAV is unsigned with its zero at 128. Floats stay as stored. */
function fullScale(type: ItemType, codec: number): { readonly bias: number; readonly scale: number } {
  if (codec === ieeeFloat) return { bias: 0, scale: 1 }
  return { bias: type === 'u8' ? 128 : 0, scale: 2 ** (1 - 8 * bytesOfItem(type)) }
}

function compressedError(codec: number, name: string): AnalyzerError {
  const codecName = compressedNames[codec] ?? `codec 0x${codec.toString(16).padStart(4, '0')}`
  return new AnalyzerError(
    'unsupported-format',
    `"${name}" holds ${codecName}: compressed audio isn't a measurement; integer or float samples were expected.`,
    { name, codec },
  )
}
