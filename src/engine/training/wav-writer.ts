export interface WavOptions {
  readonly sampleRateHz: number
  /** ASCII; at most 256 characters of it are kept */
  readonly description: string
}

const bextLength = 602 // EBU Tech 3285, version 0, no coding history
const descriptionLength = 256

/**
 * Bytes of a mono 32-bit float WAV with a `bext` chunk (EBU Tech 3285) that holds the description.
 * Values are written as they are, in the recording's unit: nothing is scaled to full scale.
 */
export function writeWav(samples: Float32Array, options: WavOptions): Uint8Array {
  const dataLength = samples.length * 4
  const bytes = new Uint8Array(12 + (8 + bextLength) + (8 + 18) + (8 + 4) + 8 + dataLength)
  const view = new DataView(bytes.buffer)
  let at = 0
  const text = (word: string, length: number) => {
    for (let i = 0; i < Math.min(word.length, length); i++) bytes[at + i] = word.charCodeAt(i) & 0x7f
    at += length
  }
  const chunk = (id: string, length: number) => {
    text(id, 4)
    view.setUint32(at, length, true)
    at += 4
  }
  chunk('RIFF', bytes.length - 8)
  text('WAVE', 4)
  chunk('bext', bextLength)
  text(options.description, descriptionLength)
  text('VibraLens', bextLength - descriptionLength)
  chunk('fmt ', 18)
  for (const [value, size] of formatFields(options.sampleRateHz)) {
    if (size === 2) view.setUint16(at, value, true)
    else view.setUint32(at, value, true)
    at += size
  }
  chunk('fact', 4)
  view.setUint32(at, samples.length, true)
  at += 4
  chunk('data', dataLength)
  for (let i = 0; i < samples.length; i++) view.setFloat32(at + 4 * i, samples[i], true)
  return bytes
}

/** WAVE_FORMAT_IEEE_FLOAT, one channel: value and bytes of each field. */
function formatFields(sampleRateHz: number): readonly (readonly [number, 2 | 4])[] {
  return [
    [3, 2],
    [1, 2],
    [sampleRateHz, 4],
    [sampleRateHz * 4, 4],
    [4, 2],
    [32, 2],
    [0, 2],
  ]
}
