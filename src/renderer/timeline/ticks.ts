/** Round values on an axis: 1, 2 or 5 times a power of ten. */
export interface Ticks {
  readonly values: readonly number[]
  /** Distance of neighbours; their labels need the digits of it. */
  readonly step: number
}

const roundSteps = [1, 2, 5, 10]

/** At most `most` values within [low, high]. */
export function niceTicks(low: number, high: number, most: number): Ticks {
  const span = high - low
  if (!(span > 0) || most < 1) return { values: [], step: 1 }
  const power = 10 ** Math.floor(Math.log10(span / most))
  const factor = roundSteps.find((each) => span / (each * power) <= most) ?? 10
  const step = factor * power
  const values: number[] = []
  // counted in steps: adding up would drift
  for (let count = Math.ceil(low / step - 1e-9); count * step <= high + step * 1e-9; count++) {
    values.push(count === 0 ? 0 : count * step)
  }
  return { values, step }
}

/** Powers of ten, and 2 and 5 times them where there is room for `most`. */
export function logTicks(low: number, high: number, most: number): readonly number[] {
  const decades = Math.max(1, Math.log10(high / low))
  const factors = decades * 3 <= most ? [1, 2, 5] : [1]
  const values: number[] = []
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
    for (const factor of factors) {
      const value = factor * 10 ** power
      if (value >= low && value <= high) values.push(value)
    }
  }
  return values.length <= most ? values : values.filter((_, index) => index % Math.ceil(values.length / most) === 0)
}

/** With the digits that the step needs, and no more; a true minus sign. */
export function tickLabel(value: number, step: number): string {
  const digits = Math.max(0, Math.min(12, -Math.floor(Math.log10(step) + 1e-9)))
  if (value !== 0 && (Math.abs(value) >= 1e6 || step < 1e-6)) return value.toExponential(1).replace('-', '−')
  return value.toFixed(digits).replace('-', '−')
}

/** 1000 and more in thousands: "2k", "12.5k". */
export function shortTickLabel(value: number): string {
  return Math.abs(value) >= 1000
    ? `${String(Number((value / 1000).toFixed(2)))}k`
    : String(Number(value.toPrecision(4)))
}

/** 'samples' where the rate is unknown: no time is guessed. */
export type TimeUnit = 'ms' | 's' | 'clock' | 'samples'

/** Of the ticks of a time axis: h:mm:ss from two minutes on, milliseconds below half a second of view. */
export function timeUnitOf(viewSeconds: number, endSeconds: number): Exclude<TimeUnit, 'samples'> {
  if (viewSeconds >= 120 || (endSeconds >= 3600 && viewSeconds >= 20)) return 'clock'
  return viewSeconds < 0.5 && endSeconds < 1 ? 'ms' : 's'
}

const clockSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400]

/** In seconds. A clock's steps are those of clocks. */
export function timeTicks(low: number, high: number, most: number, unit: TimeUnit): Ticks {
  if (unit !== 'clock') return niceTicks(low, high, most)
  const step = clockSteps.find((each) => (high - low) / each <= most)
  if (step === undefined) return niceTicks(low, high, most)
  const values: number[] = []
  for (let count = Math.ceil(low / step); count * step <= high; count++) values.push(count * step)
  return { values, step }
}

export function timeTickLabel(seconds: number, step: number, unit: TimeUnit): string {
  if (unit === 'samples') return String(Math.round(seconds))
  if (unit === 'clock') return clockLabel(seconds)
  return unit === 'ms' ? tickLabel(seconds * 1000, step * 1000) : tickLabel(seconds, step)
}

/** 3725 → "1:02:05", 65 → "1:05" */
function clockLabel(seconds: number): string {
  const whole = Math.round(seconds)
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor((whole % 3600) / 60)
  const rest = String(whole % 60).padStart(2, '0')
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`
}
