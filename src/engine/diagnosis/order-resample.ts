import { AnalyzerError } from '../../shared/errors'
import { averagedSpectrum } from '../dsp/spectrum'
import { kaiser, sinc } from '../dsp/windowed-sinc'
import type { SpeedCurve } from './speed-curve'
import { checkSpeedCurve, speedRangeOf } from './speed-curve'

export interface AngularSignal {
  /** At equal angles from the curve's first revolution on. */
  readonly samples: Float64Array
  readonly samplesPerRevolution: number
  /** Above it lines may be others folded down at the slowest speed: half the samples a revolution at full speed. */
  readonly highestOrder: number
}

/** Zero crossings of the interpolating sinc on each side, and its Kaiser window: −80 dB. */
const halfWidth = 24
const kaiserBeta = 8
/** Weights between the tabulated ones are straight lines: 1024 a sample are −100 dB. */
const tableSteps = 1024
const sampleLimit = 2 ** 24

/**
 * Angular resampling (computed order tracking, Fyfe & Munck 1997): the signal read at equal angles of the shaft by a
 * windowed sinc of 48 points. There are at least as many samples a revolution as the slowest turn had, so that nothing
 * folds; orders above `highestOrder` were above half the sampling rate at the fastest speed.
 * @throws AnalyzerError bad-request for a curve that does not rise, fewer than three revolutions, or a range of speeds
 * that needs more than 16 million samples
 */
export function resampleByAngle(
  samples: Float32Array | Float64Array,
  sampleRateHz: number,
  curve: SpeedCurve,
): AngularSignal {
  checkSpeedCurve(curve)
  const { timesSeconds, revolutions } = curve
  const last = timesSeconds.length - 1
  const endSeconds = Math.min(timesSeconds[last], (samples.length - 1) / sampleRateHz)
  const firstTurn = turnsAt(curve, Math.max(0, timesSeconds[0]))
  const turns = turnsAt(curve, endSeconds) - firstTurn
  const { leastRpm, greatestRpm } = speedRangeOf(curve)
  if (!(turns >= 3)) {
    throw new AnalyzerError(
      'bad-request',
      `The signal holds ${Math.max(0, turns).toFixed(2)} turns of the shaft; orders need at least 3.`,
    )
  }
  const samplesPerRevolution = Math.ceil((60 * sampleRateHz) / leastRpm)
  const count = Math.floor(turns * samplesPerRevolution)
  if (count > sampleLimit) {
    throw new AnalyzerError(
      'bad-request',
      `Speeds from ${leastRpm.toFixed(1)} to ${greatestRpm.toFixed(1)} rpm need ${count} samples at equal angles, more than ${sampleLimit}; choose a shorter stretch.`,
    )
  }
  const read = createInterpolator(samples)
  const angular = new Float64Array(count)
  let piece = 1
  for (let i = 0; i < count; i++) {
    const turn = firstTurn + i / samplesPerRevolution
    while (piece < last && revolutions[piece] < turn) piece += 1
    const share = (turn - revolutions[piece - 1]) / (revolutions[piece] - revolutions[piece - 1])
    const seconds = timesSeconds[piece - 1] + share * (timesSeconds[piece] - timesSeconds[piece - 1])
    angular[i] = read(seconds * sampleRateHz)
  }
  return { samples: angular, samplesPerRevolution, highestOrder: (30 * sampleRateHz) / greatestRpm }
}

export interface OrderSpectrum {
  readonly binOrder: number
  /** As `averagedSpectrum`: one-sided mean square; a sine of amplitude A on a bin reads A²/2. Up to highestOrder. */
  readonly power: Float64Array
  readonly bandwidthOrders: number
  readonly averageCount: number
}

/** Averaged spectrum over orders: Hann frames of whole `turnsPerFrame`, 50 % overlap, mean removed. */
export function computeOrderSpectrum(signal: AngularSignal, turnsPerFrame: number): OrderSpectrum {
  const { samplesPerRevolution, highestOrder } = signal
  const frameLength = Math.min(signal.samples.length, Math.round(turnsPerFrame * samplesPerRevolution))
  const { power, binHz, bandwidthHz, averageCount } = averagedSpectrum(signal.samples, samplesPerRevolution, {
    frameLength,
    hopLength: Math.max(1, frameLength >> 1),
    fftLength: frameLength,
    taper: 'hann',
    removesMean: true,
  })
  const binCount = Math.min(power.length, Math.floor(highestOrder / binHz) + 1)
  return { binOrder: binHz, power: power.slice(0, binCount), bandwidthOrders: bandwidthHz, averageCount }
}

function turnsAt({ timesSeconds, revolutions }: SpeedCurve, seconds: number): number {
  let piece = 1
  while (piece < timesSeconds.length - 1 && timesSeconds[piece] < seconds) piece += 1
  const share = (seconds - timesSeconds[piece - 1]) / (timesSeconds[piece] - timesSeconds[piece - 1])
  return revolutions[piece - 1] + share * (revolutions[piece] - revolutions[piece - 1])
}

/** The signal at a place between samples; its first and last sample go on outside. */
function createInterpolator(samples: Float32Array | Float64Array): (place: number) => number {
  const table = sincTable()
  const end = samples.length - 1
  return (place) => {
    const centre = Math.floor(place)
    const fraction = place - centre
    let sum = 0
    let weightSum = 0
    for (let k = 1 - halfWidth; k <= halfWidth; k++) {
      const position = Math.abs(k - fraction) * tableSteps
      const step = Math.floor(position)
      const weight = table[step] + (position - step) * (table[step + 1] - table[step])
      sum += weight * samples[Math.max(0, Math.min(end, centre + k))]
      weightSum += weight
    }
    return sum / weightSum
  }
}

/** Kaiser-windowed sinc at multiples of 1 / tableSteps samples. */
function sincTable(): Float64Array {
  const table = new Float64Array(halfWidth * tableSteps + 2)
  for (let i = 0; i <= halfWidth * tableSteps; i++) {
    const x = i / tableSteps
    table[i] = sinc(x) * kaiser(x / halfWidth, kaiserBeta)
  }
  return table
}
