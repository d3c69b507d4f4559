import { squaredEnvelopeSpectrum } from '../dsp/squared-envelope'
import { bestBand, fastKurtogram, kurtogramLevelCount } from '../dsp/kurtogram'
import type { JobContext } from '../jobs/job-context'
import type { Channel } from '../readers/recording'
import { lineSpectrum, type LineSpectrum } from './witness-lines'

export type HertzBand = readonly [number, number]

/** Below, orders of the shaft and meshes fill the spectrum. */
const lowestBandHz = 500
/** Of the sampling rate: above, anti-alias filters cut. */
const highestShare = 0.46
/** A band at the top narrower than an octave is added from this share of the rate on. */
const topShare = 0.4

/** Octaves from 500 Hz to 0.46 of the rate, and the whole of it; empty where the rate is too low for any. */
export function planBands(sampleRateHz: number): readonly HertzBand[] {
  const highHz = highestShare * sampleRateHz
  const bands: HertzBand[] = []
  let low = lowestBandHz
  for (; 2 * low <= highHz; low *= 2) bands.push([low, 2 * low])
  if (bands.length === 0) return []
  if (low < topShare * sampleRateHz) bands.push([low, highHz])
  if (bands.length > 1) bands.push([lowestBandHz, highHz])
  return bands
}

/** Lines of a bearing slip: longer frames spread them over more bins instead of raising them. */
const stretchSeconds = 5
/** A recording up to this long is taken whole. */
const wholeSeconds = 7.5
const mostStretches = 4

/** The whole of a short recording, or a few evenly spread stretches; those with gaps are left out. */
export async function readStretches(channel: Channel, sampleRateHz: number, job: JobContext): Promise<Float32Array[]> {
  const { sampleCount } = channel
  const length = sampleCount <= wholeSeconds * sampleRateHz ? sampleCount : Math.round(stretchSeconds * sampleRateHz)
  const count = length === 0 ? 0 : Math.min(mostStretches, Math.floor(sampleCount / length))
  const stretches: Float32Array[] = []
  for (let i = 0; i < count; i++) {
    job.signal.throwIfAborted()
    const start = count === 1 ? 0 : Math.round((i * (sampleCount - length)) / (count - 1))
    const samples = await channel.read({ start, end: start + length })
    if (isWhole(samples)) stretches.push(samples)
  }
  return stretches
}

/** Every sample a number, and not all the same. */
function isWhole(samples: Float32Array): boolean {
  let sum = 0
  let isFlat = true
  for (const sample of samples) {
    sum += sample
    if (sample !== samples[0]) isFlat = false
  }
  return Number.isFinite(sum) && !isFlat
}

/** Impacts of this many a second must fit into the kurtogram's band. */
const leastKurtogramBandHz = 500

/** The kurtogram's best band of the first stretch; undefined where the signal is too short for one. */
export function kurtogramBand(samples: Float32Array, sampleRateHz: number): HertzBand | undefined {
  const levelCount = Math.min(mostLevels, kurtogramLevelCount(samples.length))
  if (samples.length < 64 * 2 ** levelCount) return undefined
  const best = bestBand(fastKurtogram(samples, sampleRateHz, levelCount), leastKurtogramBandHz)
  if (best === undefined) return undefined
  const [lowHz, highHz] = best.bandHz
  const band: HertzBand = [Math.max(lowestBandHz, lowHz), Math.min(highestShare * sampleRateHz, highHz)]
  return band[1] - band[0] >= leastKurtogramBandHz ? band : undefined
}

const mostLevels = 5
/** Of the local median where the speed is unknown; a shaft turn's rate where it is known. */
const medianWidthHz = 30

/** Spectra of the squared envelope of each band, averaged over the stretches, up to `highestHz`. */
export function envelopeSpectra(
  stretches: readonly Float32Array[],
  sampleRateHz: number,
  bands: readonly HertzBand[],
  { shaftHz, highestHz }: { readonly shaftHz: number | undefined; readonly highestHz: number },
): LineSpectrum[] {
  return bands.map((bandHz) => {
    let power: Float64Array | undefined
    let binHz = 1
    for (const samples of stretches) {
      const spectrum = squaredEnvelopeSpectrum(samples, sampleRateHz, bandHz, { frameSeconds: undefined })
      binHz = spectrum.binHz
      const kept = spectrum.power.subarray(0, Math.ceil(highestHz / binHz) + 1)
      power = power === undefined ? kept.map((value) => value / stretches.length) : addTo(power, kept, stretches.length)
    }
    return lineSpectrum(power ?? new Float64Array(0), binHz, bandHz, shaftHz ?? medianWidthHz)
  })
}

function addTo(sum: Float64Array, power: Float64Array, count: number): Float64Array {
  return sum.map((value, bin) => value + power[bin] / count)
}
