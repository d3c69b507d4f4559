import type { TilePiece } from './tile-cover'

export type LevelRange = readonly [lowDb: number, highDb: number]

const leastSpanDb = 20
const mostSpanDb = 90
/** Of values looked at: enough for a percentile to 0.1 dB, few enough for a frame. */
const mostLookedAt = 20_000

/**
 * Colours of a recording: from the 20th percentile (its floor) to the 99.9th (its loudest lines) of what is there of it,
 * in steps of 5 dB. Undefined while nothing is there.
 */
export function levelRangeOf(pieces: readonly TilePiece[]): LevelRange | undefined {
  const total = pieces.reduce((sum, { tile }) => sum + tile.values.length, 0)
  const stride = Math.max(1, Math.floor(total / mostLookedAt))
  const found: number[] = []
  for (const { tile } of pieces) {
    for (let i = 0; i < tile.values.length; i += stride) {
      if (Number.isFinite(tile.values[i])) found.push(tile.values[i])
    }
  }
  if (found.length === 0) return undefined
  const sorted = Float32Array.from(found).sort()
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]
  const high = 5 * Math.ceil(at(0.999) / 5)
  const low = 5 * Math.floor(at(0.2) / 5)
  return [Math.max(Math.min(low, high - leastSpanDb), high - mostSpanDb), high]
}
