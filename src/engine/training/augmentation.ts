import type { Random } from '../../shared/random'

/** How far examples are varied; zero or 1:1 ranges switch a part off. */
export interface AugmentationSettings {
  /** dB, either way: error of the slow level */
  readonly gainDb: number
  readonly flipsPolarity: boolean
  /** noise added, signal over noise in dB: drawn between the two; undefined = none */
  readonly noiseSnrDb: { readonly low: number; readonly high: number } | undefined
  /** largest share by which the time axis is stretched or pressed (another speed of the same machine) */
  readonly resampling: number
  /** random peaks and dips put on the spectrum, as another mounting would */
  readonly filterCount: number
  /** their greatest height or depth in dB */
  readonly filterDb: number
}

/**
 * A varied copy of a conditioned segment, at the same level (its RMS is put back, gain aside). The result is
 * `length` samples long and read from `start` of the source; near its end the time axis is stretched less.
 */
export function augmentSegment(
  source: Float32Array,
  start: number,
  length: number,
  settings: AugmentationSettings,
  random: Random,
): Float32Array {
  const factor = settings.resampling > 0 ? random.between(1 - settings.resampling, 1 + settings.resampling) : 1
  const span = Math.min(factor, (source.length - start) / length)
  const segment = stretched(source, start, length, span)
  const level = rmsOf(segment)
  for (let i = 0; i < settings.filterCount; i++) applyRandomPeak(segment, settings.filterDb, random)
  if (settings.noiseSnrDb !== undefined) addNoise(segment, settings.noiseSnrDb, random)
  const gain = 10 ** ((settings.gainDb === 0 ? 0 : random.between(-settings.gainDb, settings.gainDb)) / 20)
  const sign = settings.flipsPolarity && random.uniform() < 0.5 ? -1 : 1
  setRms(segment, level * gain * sign)
  return segment
}

/**
 * Puts `signal` on `background` at `snrDb` (power of the signal over that of the background), at the background's
 * level. Both ways of mixing use it: a synthetic fault on a real healthy recording, a real fault on a made machine.
 */
export function mixAt(background: Float32Array, signal: Float32Array, snrDb: number): Float32Array {
  const level = rmsOf(background)
  const signalRms = rmsOf(signal)
  const factor = signalRms === 0 ? 0 : (level * 10 ** (snrDb / 20)) / signalRms
  const mixed = new Float32Array(background.length)
  for (let i = 0; i < mixed.length; i++) mixed[i] = background[i] + factor * signal[i % signal.length]
  setRms(mixed, level)
  return mixed
}

/** Catmull–Rom interpolation at steps of `factor`; exact copy at factor 1. Ends are held. */
function stretched(source: Float32Array, start: number, length: number, factor: number): Float32Array {
  const last = source.length - 1
  const result = new Float32Array(length)
  for (let i = 0; i < length; i++) {
    const position = start + i * factor
    const whole = Math.min(last, Math.floor(position))
    const t = position - whole
    const b = source[whole]
    if (t === 0) {
      result[i] = b
      continue
    }
    const a = source[Math.max(0, whole - 1)]
    const c = source[Math.min(last, whole + 1)]
    const d = source[Math.min(last, whole + 2)]
    result[i] = b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))
  }
  return result
}

/** Peaking equaliser (Bristow-Johnson's audio EQ cookbook) at a random frequency, width and height. */
function applyRandomPeak(samples: Float32Array, greatestDb: number, random: Random): void {
  const omega = Math.PI * Math.exp(random.between(Math.log(0.03), Math.log(0.95)))
  const amplitude = 10 ** (random.between(-greatestDb, greatestDb) / 40)
  const alpha = Math.sin(omega) / (2 * random.between(0.7, 6))
  const a0 = 1 + alpha / amplitude
  const b0 = (1 + alpha * amplitude) / a0
  const b1 = (-2 * Math.cos(omega)) / a0
  const b2 = (1 - alpha * amplitude) / a0
  const a2 = (1 - alpha / amplitude) / a0
  let x1 = 0
  let x2 = 0
  let y1 = 0
  let y2 = 0
  for (let i = 0; i < samples.length; i++) {
    const x = samples[i]
    const y = b0 * x + b1 * x1 + b2 * x2 - b1 * y1 - a2 * y2
    x2 = x1
    x1 = x
    y2 = y1
    y1 = y
    samples[i] = y
  }
}

function addNoise(samples: Float32Array, snrDb: { low: number; high: number }, random: Random): void {
  const rms = rmsOf(samples) * 10 ** (-random.between(snrDb.low, snrDb.high) / 20)
  for (let i = 0; i < samples.length; i++) samples[i] += rms * random.normal()
}

function rmsOf(samples: Float32Array): number {
  let sum = 0
  for (const sample of samples) sum += sample * sample
  return samples.length === 0 ? 0 : Math.sqrt(sum / samples.length)
}

/** A negative RMS turns the polarity. */
function setRms(samples: Float32Array, rms: number): void {
  const now = rmsOf(samples)
  const factor = now === 0 ? 0 : rms / now
  for (let i = 0; i < samples.length; i++) samples[i] *= factor
}
