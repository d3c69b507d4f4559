import { open } from 'node:fs/promises'
import { createRandom } from '../../src/shared/random'

const sampleRateHz = 25_600
const blockSeconds = 4
const impactHz = 87
const resonanceHz = 3200

/** A 16-bit WAV of noise, shaft and impacts that come and go; made, not measured. */
export async function writeMachineWav(path: string, sampleCount: number): Promise<void> {
  const file = await open(path, 'w')
  try {
    const dataBytes = sampleCount * 2
    await file.write(wavHeader(dataBytes))
    const blockLength = blockSeconds * sampleRateHz
    const { quiet, impacts } = makeBlocks(blockLength)
    for (let start = 0, block = 0; start < sampleCount; start += blockLength, block++) {
      const length = Math.min(blockLength, sampleCount - start)
      const strength = Math.max(0, Math.sin(block / 20))
      const samples = Int16Array.from({ length }, (_, i) => quiet[i] + strength * impacts[i])
      await file.write(new Uint8Array(samples.buffer))
    }
  } finally {
    await file.close()
  }
}

function makeBlocks(length: number): { readonly quiet: Float32Array; readonly impacts: Float32Array } {
  const random = createRandom('bench-ui')
  const quiet = Float32Array.from(
    { length },
    (_, i) => 900 * random.normal() + 600 * Math.sin((2 * Math.PI * 25 * i) / sampleRateHz),
  )
  const period = sampleRateHz / impactHz
  const impacts = Float32Array.from({ length }, (_, i) => {
    const seconds = (i % period) / sampleRateHz
    return 9000 * Math.exp(-seconds * 900) * Math.sin(2 * Math.PI * resonanceHz * seconds)
  })
  return { quiet, impacts }
}

function wavHeader(dataBytes: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(44))
  const text = (offset: number, word: string): void =>
    [...word].forEach((letter, i) => view.setUint8(offset + i, letter.charCodeAt(0)))
  text(0, 'RIFF')
  view.setUint32(4, 36 + dataBytes, true)
  text(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, sampleRateHz, true)
  view.setUint32(28, sampleRateHz * 2, true)
  view.setUint16(32, 2, true)
  view.setUint16(34, 16, true)
  text(36, 'data')
  view.setUint32(40, dataBytes, true)
  return new Uint8Array(view.buffer)
}
