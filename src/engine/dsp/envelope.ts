import { AnalyzerError } from '../../shared/errors'
import { createFft } from './fft'

export interface Band {
  readonly lowHz: number
  readonly highHz: number
}

/** Signals up to this length are transformed as a whole; longer ones in blocks of it, in memory that does not grow. */
const blockLength = 262_144
/** On each side of a block, computed and not kept: the band's edges ring for about 1/n of a sample n samples away. */
const marginLength = 16_384
const fadeLength = marginLength / 2

/**
 * Envelope |x + i·H{x}| of the part of the signal inside the band (Gabor 1946): bins outside the band and negative
 * frequencies are set to 0, the others doubled. Zero phase. Up to 262,144 samples by one transform of the whole length,
 * whose ends wrap round; longer signals in overlapping blocks (1e-4 of the envelope from the whole), whose ends are
 * reflected.
 * @throws AnalyzerError bad-request for a band that is not 0 ≤ low < high ≤ half the rate
 */
export function bandEnvelope(samples: Float32Array | Float64Array, sampleRateHz: number, band: Band): Float64Array {
  checkBand(band, sampleRateHz)
  const count = samples.length
  if (count === 0) return new Float64Array(0)
  if (count <= blockLength) {
    const real = Float64Array.from(samples)
    createEnveloper(count, sampleRateHz, band)(real)
    return real
  }
  const envelope = new Float64Array(count)
  const toEnvelope = createEnveloper(blockLength, sampleRateHz, band)
  const block = new Float64Array(blockLength)
  const keptLength = blockLength - 2 * marginLength
  for (let start = 0; start < count; start += keptLength) {
    loadBlock(block, samples, start - marginLength)
    toEnvelope(block)
    const kept = Math.min(keptLength, count - start)
    envelope.set(block.subarray(marginLength, marginLength + kept), start)
  }
  return envelope
}

function checkBand({ lowHz, highHz }: Band, sampleRateHz: number): void {
  if (lowHz >= 0 && lowHz < highHz && highHz <= sampleRateHz / 2) return
  throw new AnalyzerError(
    'bad-request',
    `The envelope band ${lowHz}–${highHz} Hz does not fit a rate of ${sampleRateHz} Hz; it needs 0 ≤ low < high ≤ ${sampleRateHz / 2} Hz.`,
    { lowHz, highHz, sampleRateHz },
  )
}

/** Replaces samples of a fixed length by their envelope. */
function createEnveloper(length: number, sampleRateHz: number, band: Band): (samples: Float64Array) => void {
  const fft = createFft(length)
  const imaginary = new Float64Array(length)
  return (real) => {
    imaginary.fill(0)
    fft.forward(real, imaginary)
    for (let bin = 0; bin < length; bin++) {
      const hz = (bin * sampleRateHz) / length
      const isInside = 2 * bin <= length && hz >= band.lowHz && hz <= band.highHz
      const factor = !isInside ? 0 : bin === 0 || 2 * bin === length ? 1 : 2
      real[bin] *= factor
      imaginary[bin] *= factor
    }
    fft.inverse(real, imaginary)
    for (let i = 0; i < length; i++) real[i] = Math.sqrt(real[i] * real[i] + imaginary[i] * imaginary[i])
  }
}

/** Samples from `start` on, reflected at both ends of the signal, faded in and out: a jump would ring through the block. */
function loadBlock(block: Float64Array, samples: Float32Array | Float64Array, start: number): void {
  const last = samples.length - 1
  for (let i = 0; i < blockLength; i++) {
    const index = Math.abs(start + i)
    block[i] = samples[index > last ? 2 * last - index : index]
  }
  for (let i = 0; i < fadeLength; i++) {
    const weight = 0.5 - 0.5 * Math.cos((Math.PI * i) / fadeLength)
    block[i] *= weight
    block[blockLength - 1 - i] *= weight
  }
}
