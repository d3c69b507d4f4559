import type { RequestInput } from '../../shared/contract/requests'
import type { EnvelopeView, KurtogramView, SpeedEstimateView, TachoView } from '../../shared/diagnosis/views'
import { fastLengthUpTo } from '../dsp/fast-length'
import { bestBand } from '../dsp/kurtogram'
import { squaredEnvelopeSpectrum } from '../dsp/squared-envelope'
import { chooseBandByKurtogram, kurtogramDownTo, prepareForEnvelope } from './envelope-steps'
import { findPeaks } from './line-peaks'
import type { ReadSignal } from './read-signal'
import { speedRangeOf } from './speed-curve'
import { estimateSpeed, type SpeedSearch } from './speed-estimate'
import { readTacho } from './tacho'

/** Shown beyond the width asked for: whether a narrower band would be better. */
const shownFinerLevels = 2

export function kurtogramViewOf(signal: ReadSignal, leastBandwidthHz: number): KurtogramView {
  const { samples, sampleRateHz, channel, usedRange } = signal
  const kurtogram = kurtogramDownTo(samples, sampleRateHz, leastBandwidthHz, shownFinerLevels)
  return {
    channel: channel.name,
    sampleRateHz,
    usedRange,
    levels: kurtogram.levels.map((level) => ({ ...level, kurtosis: Float32Array.from(level.kurtosis) })),
    best: bestBand(kurtogram, leastBandwidthHz) ?? null,
  }
}

const mostPeaks = 20
const leastPeakHeightDb = 10
/** Below it stand the mean's leakage and slow changes of level. */
const lowestPeakHz = 2

type EnvelopeRequest = Pick<RequestInput<'envelope.get'>, 'preparation' | 'frameSeconds' | 'highestHz'>

type BandChoice =
  | { readonly kind: 'given' | 'map'; readonly bandHz: readonly [number, number] }
  | { readonly kind: 'kurtogram'; readonly leastBandwidthHz: number }

/** The kurtogram chooses on the prepared signal. Of the stretch as much is used as transforms fast. */
export function envelopeViewOf(signal: ReadSignal, request: EnvelopeRequest, band: BandChoice): EnvelopeView {
  const { sampleRateHz, channel } = signal
  const samples = signal.samples.subarray(0, fastLengthUpTo(signal.samples.length))
  const { start } = signal.usedRange
  const usedRange = { start, end: start + samples.length }
  const { preparation, frameSeconds, highestHz } = request
  const prepared = prepareForEnvelope(samples, sampleRateHz, preparation)
  const bandHz =
    band.kind === 'kurtogram'
      ? chooseBandByKurtogram(prepared, sampleRateHz, band.leastBandwidthHz).bandHz
      : band.bandHz
  const spectrum = squaredEnvelopeSpectrum(prepared, sampleRateHz, bandHz, { frameSeconds })
  const { binHz, averageCount } = spectrum
  const binCount = Math.min(spectrum.power.length, Math.floor(highestHz / binHz) + 1)
  const peaks = { lowHz: lowestPeakHz, highHz: highestHz, mostPeaks, leastHeightDb: leastPeakHeightDb }
  return {
    channel: channel.name,
    sampleRateHz,
    usedRange,
    bandHz,
    bandOrigin: band.kind,
    preparation,
    binHz,
    power: Float32Array.from(spectrum.power.subarray(0, binCount)),
    averageCount,
    peaks: findPeaks(spectrum.power, binHz, peaks),
  }
}

export function estimateViewOf(signal: ReadSignal, search: SpeedSearch): SpeedEstimateView {
  const { samples, sampleRateHz, channel, usedRange } = signal
  return { channel: channel.name, usedRange, ...estimateSpeed(samples, sampleRateHz, search) }
}

const mostSpeeds = 10_000

export function tachoViewOf(signal: ReadSignal, pulsesPerRevolution: number): TachoView {
  const { samples, sampleRateHz, channel, usedRange } = signal
  const { curve, timesSeconds, speedsRpm, ...counts } = readTacho(samples, sampleRateHz, { pulsesPerRevolution })
  const step = Math.ceil(speedsRpm.length / mostSpeeds)
  const isKept = (_: number, i: number): boolean => i % step === 0
  const startSeconds = usedRange.start / sampleRateHz
  return {
    channel: channel.name,
    usedRange,
    ...counts,
    ...rangeOfSpeeds(speedsRpm),
    meanRpm: speedRangeOf(curve).meanRpm,
    timesSeconds: Float32Array.from(timesSeconds.filter(isKept), (seconds) => startSeconds + seconds),
    speedsRpm: Float32Array.from(speedsRpm.filter(isKept)),
  }
}

/** Over whole revolutions, where the unevenness of the tacho's own marks does not count. */
function rangeOfSpeeds(speedsRpm: Float64Array): Pick<TachoView, 'leastRpm' | 'greatestRpm'> {
  let [leastRpm, greatestRpm] = [Infinity, 0]
  for (const rpm of speedsRpm) {
    if (rpm < leastRpm) leastRpm = rpm
    if (rpm > greatestRpm) greatestRpm = rpm
  }
  return { leastRpm, greatestRpm }
}
