import { AnalyzerError } from '../../shared/errors'
import { createRealFft, type RealFft } from './fft'
import { createTaper } from './taper'

export interface SeparationOptions {
  /** Blocks that the filter is learnt from, samples. Tones closer than 2 · rate / length are not told apart. */
  readonly blockLength: number
  /** What is still alike after this many samples counts as discrete; longer than any ringing dies away. */
  readonly delayLength: number
}

export interface SeparatedSignal {
  /** What can be foretold from the past: shaft and gear tones. NaN-free; zero where the filter has no past. */
  readonly discrete: Float64Array
  /** What cannot: noise, and impacts that slip. */
  readonly random: Float64Array
}

/** Estimates of the filter from fewer overlapping blocks than this are mostly noise. */
const leastBlockCount = 8

/**
 * Discrete/random separation (Antoni & Randall 2004, MSSP 18, 103–117): the filter that foretells the signal from itself
 * `delayLength` samples ago, H = Σ X_k X*_{k,Δ} / Σ |X_{k,Δ}|² over Hann blocks (50 % overlap, padded to twice their
 * length, so that H is smooth between bins), run over the delayed signal. At a tone of signal-to-noise ratio ρ in the block's bandwidth |H| = ρ / (1 + ρ); elsewhere |H|² ≈ 1 / blocks.
 * discrete + random = samples; the first `delayLength` + `blockLength` samples are random throughout.
 * @throws AnalyzerError bad-request for gaps, lengths that are not positive, or a signal with fewer than 8 blocks
 */
export function separateDiscrete(samples: Float32Array | Float64Array, options: SeparationOptions): SeparatedSignal {
  check(samples, options)
  const { blockLength, delayLength } = options
  const impulse = impulseResponse(samples, options)
  const delayed = new Float64Array(samples.length)
  for (let i = delayLength; i < samples.length; i++) delayed[i] = samples[i - delayLength]
  const discrete = convolve(delayed, impulse, blockLength)
  discrete.fill(0, 0, Math.min(discrete.length, delayLength + blockLength))
  const random = new Float64Array(samples.length)
  for (let i = 0; i < random.length; i++) random[i] = samples[i] - discrete[i]
  return { discrete, random }
}

function check(samples: Float32Array | Float64Array, { blockLength, delayLength }: SeparationOptions): void {
  for (const length of [blockLength, delayLength]) {
    if (Number.isInteger(length) && length >= 2) continue
    throw new AnalyzerError(
      'bad-request',
      `Tones cannot be separated by blocks of ${blockLength} samples after a delay of ${delayLength}; both must be whole numbers from 2 on.`,
    )
  }
  const needed = delayLength + Math.ceil(((leastBlockCount + 1) * blockLength) / 2)
  if (samples.length < needed) {
    throw new AnalyzerError(
      'bad-request',
      `The signal has ${samples.length} samples; separating tones by blocks of ${blockLength} needs at least ${needed}.`,
      { sampleCount: samples.length, blockLength },
    )
  }
  for (let i = 0; i < samples.length; i++) {
    if (Number.isFinite(samples[i])) continue
    throw new AnalyzerError('bad-request', `The signal has a gap at sample ${i}; separating tones needs one without.`)
  }
}

/** h over lags −blockLength … blockLength − 1: place i holds lag i − blockLength. */
function impulseResponse(
  samples: Float32Array | Float64Array,
  { blockLength, delayLength }: SeparationOptions,
): Float64Array {
  const fft = createRealFft(2 * blockLength)
  const cross = spectrumArrays(fft)
  const power = new Float64Array(fft.binCount)
  const now = createBlockReader(samples, blockLength, fft)
  const past = createBlockReader(samples, blockLength, fft)
  for (let start = delayLength; start + blockLength <= samples.length; start += blockLength >> 1) {
    now.read(start)
    past.read(start - delayLength)
    for (let bin = 0; bin < fft.binCount; bin++) {
      const [a, b] = [now.real[bin], now.imaginary[bin]]
      const [c, d] = [past.real[bin], past.imaginary[bin]]
      cross.real[bin] += a * c + b * d
      cross.imaginary[bin] += b * c - a * d
      power[bin] += c * c + d * d
    }
  }
  for (let bin = 0; bin < fft.binCount; bin++) {
    const isSilent = !(power[bin] > 0)
    cross.real[bin] = isSilent ? 0 : cross.real[bin] / power[bin]
    cross.imaginary[bin] = isSilent ? 0 : cross.imaginary[bin] / power[bin]
  }
  const circular = new Float64Array(fft.length)
  fft.inverse(cross.real, cross.imaginary, circular)
  return Float64Array.from(circular, (_, i) => circular[(i + blockLength) % fft.length])
}

interface BlockReader {
  readonly real: Float64Array
  readonly imaginary: Float64Array
  read(start: number): void
}

function createBlockReader(samples: Float32Array | Float64Array, blockLength: number, fft: RealFft): BlockReader {
  const block = new Float64Array(fft.length)
  const taper = createTaper('hann', blockLength)
  const { real, imaginary } = spectrumArrays(fft)
  return {
    real,
    imaginary,
    read(start) {
      for (let i = 0; i < blockLength; i++) block[i] = samples[start + i] * taper[i]
      fft.forward(block, real, imaginary)
    },
  }
}

function spectrumArrays(fft: RealFft): { readonly real: Float64Array; readonly imaginary: Float64Array } {
  return { real: new Float64Array(fft.binCount), imaginary: new Float64Array(fft.binCount) }
}

/** y[n] = Σ h[i] x[n + origin − i] (overlap-add); x is 0 outside. */
function convolve(signal: Float64Array, impulse: Float64Array, origin: number): Float64Array {
  const stepLength = impulse.length
  const fft = createRealFft(2 * stepLength)
  const filter = spectrumArrays(fft)
  const part = spectrumArrays(fft)
  const block = new Float64Array(fft.length)
  block.set(impulse)
  fft.forward(block, filter.real, filter.imaginary)
  const output = new Float64Array(signal.length)
  for (let start = 0; start < signal.length; start += stepLength) {
    block.fill(0)
    block.set(signal.subarray(start, Math.min(signal.length, start + stepLength)))
    fft.forward(block, part.real, part.imaginary)
    for (let bin = 0; bin < fft.binCount; bin++) {
      const [a, b] = [part.real[bin], part.imaginary[bin]]
      part.real[bin] = a * filter.real[bin] - b * filter.imaginary[bin]
      part.imaginary[bin] = a * filter.imaginary[bin] + b * filter.real[bin]
    }
    fft.inverse(part.real, part.imaginary, block)
    for (let i = 0; i < fft.length; i++) {
      const place = start + i - origin
      if (place >= 0 && place < output.length) output[place] += block[i]
    }
  }
  return output
}
