import { formatSignificant, minus } from '../../shared/number-words'

/** Ticks and units of the picture's axes. */
export interface Ticks {
  readonly values: readonly number[]
  readonly step: number
}

/** Multiples of 1, 2 or 5 × 10ⁿ inside [low, high], about `wanted` of them. */
export function niceTicks(low: number, high: number, wanted: number): Ticks {
  const raw = (high - low) / Math.max(1, wanted)
  if (!(raw > 0) || !Number.isFinite(raw)) return { values: [low], step: 0 }
  const power = 10 ** Math.floor(Math.log10(raw))
  const step = power * (raw / power <= 1.5 ? 1 : raw / power <= 3.5 ? 2 : raw / power <= 7.5 ? 5 : 10)
  const values: number[] = []
  // the slack keeps an end that is a tick but for rounding
  for (let i = Math.ceil(low / step - 1e-6); i * step <= high + step * 1e-6; i++) values.push(i * step)
  return { values, step }
}

/** As many decimals as the step needs. */
export function formatTick(value: number, step: number): string {
  const decimals = step > 0 ? Math.max(0, Math.min(12, -Math.floor(Math.log10(step) + 1e-9))) : 3
  if (Math.abs(value) >= 1e6 || decimals > 5) return formatSignificant(value)
  return minus((Math.abs(value) < step / 1e6 ? 0 : value).toFixed(decimals))
}

/** 'm/s2' and '(g)²' as people write them. */
export function prettyUnit(unit: string): string {
  return unit.replace(/\^?2(?=$|[/·)])/g, '²').replace(/\((\p{L}+)\)²/gu, '$1²')
}

export type TimeUnit = 'ms' | 's' | 'min' | 'h'

/** The unit that keeps the numbers of a recording of this length short. */
export function timeUnitOf(durationSeconds: number): { readonly unit: TimeUnit; readonly seconds: number } {
  if (durationSeconds < 0.5) return { unit: 'ms', seconds: 0.001 }
  if (durationSeconds <= 600) return { unit: 's', seconds: 1 }
  if (durationSeconds <= 10_800) return { unit: 'min', seconds: 60 }
  return { unit: 'h', seconds: 3600 }
}
