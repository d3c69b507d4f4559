import { isScalar, isVector, type NamedArray } from './named-arrays'
import type { Guess, Notice, Sourced } from './recording'

/** A number that stands beside the signals, under its path. */
export interface NamedScalar {
  readonly path: string
  readonly value: number
}

/** A sample rate that holds for the signals of one struct (scope '' = the whole file). */
interface RateFact {
  readonly scope: string
  readonly sampleRateHz: number
  readonly reason: string
}

const rateNames = new Set(
  'fs,sr,fsamp,fsample,fsampling,samplerate,samplingrate,samplefreq,samplingfreq,samplefrequency,samplingfrequency,sfreq'.split(
    ',',
  ),
)
const intervalNames = new Set(
  'dt,deltat,timestep,sampleinterval,samplinginterval,sampleperiod,samplingperiod'.split(','),
)
const timeNames = new Set('t,time,timevector,timestamp,timestamps,seconds,timeseconds,times,tvec'.split(','))

/** The values of all arrays with one number. */
export async function readScalars(arrays: readonly NamedArray[]): Promise<readonly NamedScalar[]> {
  const scalars: NamedScalar[] = []
  for (const array of arrays) {
    if (!isScalar(array)) continue
    const [value] = await array.items.read(0, 1, 1)
    scalars.push({ path: array.path, value })
  }
  return scalars
}

class RateTable {
  readonly notices: Notice[] = []
  private readonly rates = new Map<string, RateFact>()
  private readonly torn = new Set<string>()

  constructor(facts: readonly RateFact[]) {
    for (const fact of facts) this.add(fact)
  }

  /** The rate of the struct that holds `path`, or of the nearest struct round it. */
  rateOf(path: string): RateFact | undefined {
    for (let scope = parentOf(path); ; scope = parentOf(scope)) {
      const rate = this.rates.get(scope)
      if (rate !== undefined) return rate
      if (scope === '' || this.torn.has(scope)) return undefined
    }
  }

  private add(fact: RateFact): void {
    const known = this.rates.get(fact.scope)
    if (this.torn.has(fact.scope)) return
    if (known === undefined) {
      this.rates.set(fact.scope, fact)
      return
    }
    if (Math.abs(known.sampleRateHz / fact.sampleRateHz - 1) < 1e-3) return
    this.rates.delete(fact.scope)
    this.torn.add(fact.scope)
    const message = `The file gives several sample rates (${known.reason}; ${fact.reason}); none is used: give --sample-rate.`
    this.notices.push({ code: 'rate-conflict', message })
  }
}

export function rateGuess(fact: RateFact): Guess {
  return { what: 'sample rate', value: `${fact.sampleRateHz} Hz`, reason: fact.reason, flag: '--sample-rate' }
}

/** Sample rates said by scalars (fs, sr, …, dt) and by vectors of evenly rising times. */
export async function findRates(scalars: readonly NamedScalar[], arrays: readonly NamedArray[]): Promise<RateTable> {
  const facts: RateFact[] = []
  for (const { path, value } of scalars) {
    const isInterval = intervalNames.has(plainName(path))
    const sampleRateHz = isInterval ? 1 / value : value
    if (!isInterval && !isRateScalar(path, scalars)) continue
    if (!isPlausibleRate(sampleRateHz)) continue
    facts.push({ scope: parentOf(path), sampleRateHz, reason: `"${path}" = ${value}` })
  }
  // a stated rate is exact, a time vector rounded: it is asked only where nothing is stated
  const stated = new Set(facts.map(({ scope }) => scope))
  for (const array of arrays) {
    if (stated.has(parentOf(array.path))) continue
    const sampleRateHz = await rateOfTimeVector(array)
    if (sampleRateHz !== undefined) {
      facts.push({ scope: parentOf(array.path), sampleRateHz, reason: `the times in "${array.path}" rise evenly` })
    }
  }
  return new RateTable(facts)
}

/** `rate` is the sample rate, unless one stands beside it: MFPT's `bearing.{sr, gs, rate}` has the shaft's Hz in it. */
function isRateScalar(path: string, scalars: readonly NamedScalar[]): boolean {
  const name = plainName(path)
  if (rateNames.has(name)) return true
  return name === 'rate' && !hasSiblingRate(path, scalars)
}

function hasSiblingRate(path: string, scalars: readonly NamedScalar[]): boolean {
  return scalars.some((other) => parentOf(other.path) === parentOf(path) && rateNames.has(plainName(other.path)))
}

export function isTimeVector(array: NamedArray): boolean {
  return isVector(array) && timeNames.has(plainName(array.path))
}

/** 1 / mean step, where the steps of the first thousand values are within 1 % of it. */
async function rateOfTimeVector(array: NamedArray): Promise<number | undefined> {
  const count = array.items.itemCount
  if (!isTimeVector(array) || count < 16) return undefined
  const head = await array.items.read(0, Math.min(count, 1000), 1)
  const [last] = await array.items.read(count - 1, count, 1)
  const step = (last - head[0]) / (count - 1)
  for (let i = 1; i < head.length; i++) {
    if (!(Math.abs(head[i] - head[0] - i * step) <= 0.01 * step * Math.max(1, Math.sqrt(i)))) return undefined
  }
  const rate = Number((1 / step).toPrecision(9))
  return isPlausibleRate(rate) ? rate : undefined
}

interface SpeedFinding {
  readonly shaftSpeedRpm: Sourced<number> | undefined
  readonly guesses: readonly Guess[]
  readonly notices: readonly Notice[]
}

/** `…RPM` scalars (CWRU's `X097RPM`) and MFPT's `bearing.rate` in Hz beside `bearing.sr`. */
export function findSpeed(scalars: readonly NamedScalar[]): SpeedFinding {
  const found = scalars.map(({ path, value }) => speedOf(path, value, scalars)).filter((speed) => speed !== undefined)
  if (found.length === 0) return { shaftSpeedRpm: undefined, guesses: [], notices: [] }
  const [first] = found
  const other = found.find(({ rpm }) => Math.abs(rpm / first.rpm - 1) > 1e-3)
  if (other !== undefined) {
    const message = `The file gives several shaft speeds (${first.reason}; ${other.reason}); none is used: give --rpm.`
    return { shaftSpeedRpm: undefined, guesses: [], notices: [{ code: 'speed-conflict', message }] }
  }
  const guess = { what: 'shaft speed', value: `${first.rpm} rpm`, reason: first.reason, flag: '--rpm' }
  return { shaftSpeedRpm: { value: first.rpm, origin: 'file' }, guesses: [guess], notices: [] }
}

function speedOf(
  path: string,
  value: number,
  scalars: readonly NamedScalar[],
): { readonly rpm: number; readonly reason: string } | undefined {
  if (!(value > 0 && value < 1e6)) return undefined
  const name = plainName(path)
  if (name.endsWith('rpm')) return { rpm: value, reason: `"${path}" = ${value}` }
  if (name !== 'rate' || !hasSiblingRate(path, scalars) || value > 1e4) return undefined
  return {
    rpm: value * 60,
    reason: `"${path}" = ${value} beside the sample rate, read as shaft revolutions per second`,
  }
}

function isPlausibleRate(value: number): boolean {
  return value > 0.001 && value < 1e9
}

/** `bearing.gs` → `bearing`; `gs` → ``. */
function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('.')))
}

/** The last part of the path, lower case, letters and digits only, without a trailing `hz` or `_s`. */
function plainName(path: string): string {
  return path
    .slice(path.lastIndexOf('.') + 1)
    .toLowerCase()
    .replace(/_(hz|s|sec)$/, '')
    .replace(/[^a-z0-9]/g, '')
    .replace(/hz$/, '')
}
