import { describe, expect, it } from 'vitest'
import { findBeat } from '../../../src/engine/diagnosis/beat'
import { computeBearingLines } from '../../../src/engine/diagnosis/kinematics'
import { findBearing } from '../../../src/engine/diagnosis/bearing-catalogue'
import { createRandom } from '../../../src/shared/random'

const stepRateHz = 1500
const shaftHz = 29.95
const lines = computeBearingLines(findBearing('cwru-6205-2rs').geometry)

/** Noise about −1 logit; pulses of that height, some slip, at that rate. */
function evidence(rateHz: number | undefined, height: number, seed = 'beat'): Float32Array {
  const random = createRandom(seed)
  const track = Float32Array.from({ length: 4 * stepRateHz }, () => random.normal() - 1)
  if (rateHz === undefined) return track
  for (let step = 0; step < track.length - 2; step += (stepRateHz / rateHz) * (1 + 0.01 * random.normal())) {
    const whole = Math.floor(step)
    track[whole] += height
    track[whole + 1] += height / 2
  }
  return track
}

function ask(track: Float32Array, known: Partial<Parameters<typeof findBeat>[0]> = {}) {
  const question = {
    evidence: track,
    stepRateHz,
    shaftHz,
    lines,
    slipShare: 0.02,
    decisiveLogit: 1,
    permutationCount: 99,
  }
  return findBeat({ ...question, ...known }, 17)
}

describe('the beat of the evidence', () => {
  it.each([
    ['outer-race', lines.bpfo],
    ['inner-race', lines.bpfi],
    ['rolling-element', 2 * lines.bsf],
    ['cage', lines.ftf],
  ] as const)('is matched to the %s when it repeats there', (part, orders) => {
    const found = ask(evidence(orders * shaftHz * 1.004, part === 'cage' ? 90 : 12))
    expect(found).toMatchObject({ verdict: 'matches', part, pValue: 0.01 })
    expect(found.frequencyHz).toBeCloseTo(orders * shaftHz * 1.004, 0)
    expect(found.autocorrelation).toBeGreaterThan(0.05)
  })

  it('matches no line at a rate that the bearing has not', () => {
    expect(ask(evidence(2.9 * shaftHz, 12)).verdict).toBe('matches-none')
  })

  it('is the shaft’s when it repeats with the shaft', () => {
    expect(ask(evidence(2 * shaftHz, 12))).toMatchObject({ verdict: 'matches-shaft', part: undefined })
  })

  it('needs speed and bearing to be matched, not to be found', () => {
    expect(ask(evidence(lines.bpfo * shaftHz, 12), { lines: undefined }).verdict).toBe('no-bearing')
    expect(ask(evidence(lines.bpfo * shaftHz, 12), { shaftHz: undefined }).verdict).toBe('no-bearing')
  })

  it('is none where it is too weak to move a verdict, or pushes to healthy', () => {
    expect(ask(evidence(lines.bpfo * shaftHz, 12), { decisiveLogit: 50 }).verdict).toBe('no-beat')
    expect(ask(evidence(lines.bpfo * shaftHz, -12)).verdict).toBe('no-beat')
  })

  it('is none in noise, however little is asked of its strength: at most 1 of 50', () => {
    let hits = 0
    for (let seed = 0; seed < 50; seed++) {
      const { verdict } = ask(evidence(undefined, 0, `noise ${seed}`), { decisiveLogit: 0 })
      if (verdict !== 'no-beat') hits += 1
    }
    expect(hits).toBeLessThanOrEqual(1)
  })

  it('cannot be told in less than three turns, or where nothing was measured', () => {
    expect(ask(evidence(107, 12).subarray(0, 100)).verdict).toBe('cannot-tell')
    expect(ask(new Float32Array(6000).fill(Number.NaN)).verdict).toBe('cannot-tell')
  })
})
