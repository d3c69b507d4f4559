import { describe, expect, it } from 'vitest'
import { findBearing } from '../../../src/engine/diagnosis/bearing-catalogue'
import { hearEnvelope } from '../../../src/engine/diagnosis/diagnose'
import { quietJob } from '../../../src/engine/jobs/job-context'
import type { Channel } from '../../../src/engine/readers/recording'
import { witnessSchema } from '../../../src/shared/diagnosis/diagnosis'
import { translator } from '../../../src/shared/locales/translate'
import { channelOf, madeBearing, madeMachine, madeRpm } from '../../builders/machine-builder'
import { createRandom } from '../../../src/shared/random'

const t = translator('en')

async function ask(channel: Channel, shaftSpeedRpm: number | undefined, bearingName: string | undefined) {
  const bearing = bearingName === undefined ? undefined : findBearing(bearingName)
  const settings = { shaftSpeedRpm, bearing, bandHz: undefined }
  const { witness } = await hearEnvelope(channel, channel.sampleRateHz ?? 0, settings, t, quietJob)
  return witnessSchema.parse(witness)
}

describe('the second witness', () => {
  it.each([
    ['outer', 'fault-outer-race'],
    ['inner', 'fault-inner-race'],
    ['ball', 'fault-rolling-element'],
  ] as const)('names a fault of the %s that was put in', async (kind, verdict) => {
    const witness = await ask(madeMachine(kind, -3), madeRpm, madeBearing)
    expect(witness.verdict).toBe(verdict)
    const [first] = witness.hypotheses
    expect(Math.abs(first.offPercent ?? 100)).toBeLessThan(1)
    expect(first.evidenceFor.length).toBeGreaterThan(0)
    expect(witness.impactBeat?.orders).toBeGreaterThan(0)
  })

  it('sees nothing in a machine without a fault, and says what speaks against each part', async () => {
    const witness = await ask(madeMachine(undefined, 0), madeRpm, madeBearing)
    expect(witness.verdict).toBe('no-sign')
    expect(witness.impactBeat).toBeNull()
    expect(witness.hypotheses.map(({ isIndicated }) => isIndicated)).toEqual([false, false, false, false])
    for (const { evidenceAgainst } of witness.hypotheses) expect(evidenceAgainst.length).toBeGreaterThan(0)
  })

  // three impacts a turn: 6203's outer line lies at 3.053 orders
  it('does not take three knocks a turn for the outer race of a 6203', async () => {
    const orders = { bpfo: 3, bpfi: 5, bsf: 2, ftf: 0.4 }
    const witness = await ask(madeMachine('outer', 3, { orders }), madeRpm, 'cwru-6203-2rs')
    expect(witness.verdict).not.toMatch(/^fault/)
    expect(witness.impactBeat).toBeNull()
  })

  it('says without a bearing that something beats, and at which rate', async () => {
    const witness = await ask(madeMachine('outer', 0), madeRpm, undefined)
    expect(witness.verdict).toBe('cannot-tell')
    expect(witness.sentence).toContain('the bearing is unknown')
    expect(witness.impactBeat?.frequencyHz).toBeCloseTo((3.5848 * madeRpm) / 60, 0)
  })

  it('says without a speed that something beats, and that it may be the shaft', async () => {
    const witness = await ask(madeMachine('outer', 0), undefined, madeBearing)
    expect(witness.verdict).toBe('cannot-tell')
    expect(witness.impactBeat?.orders).toBeNull()
    expect(witness.reasons[0]).toContain('may be the shaft')
  })

  it.each([
    ['too few turns', madeMachine('outer', 0, { sampleCount: 1000 }), madeRpm, 'turns of the shaft'],
    ['a rate without any band', channelOf(new Float32Array(4000).fill(1), 1000), madeRpm, 'no band'],
    ['a flat line', channelOf(new Float32Array(48_000).fill(1), 12_000), madeRpm, 'without gaps'],
    ['a gap throughout', channelOf(new Float32Array(48_000).fill(Number.NaN), 12_000), madeRpm, 'without gaps'],
    ['too short to part lines', madeMachine('outer', 0, { sampleCount: 2400 }), madeRpm, 'record longer'],
  ])('cannot tell of %s, and says why', async (_, channel, rpm, words) => {
    const witness = await ask(channel, rpm, madeBearing)
    expect(witness.verdict).toBe('cannot-tell')
    expect(witness.sentence).toContain(words)
  })

  it('refuses a speed that no shaft has', async () => {
    await expect(ask(madeMachine(undefined, 0), 1e7, madeBearing)).rejects.toMatchObject({ code: 'bad-request' })
  })

  it('names nothing in twenty recordings of noise', async () => {
    const verdicts = []
    for (let seed = 0; seed < 20; seed++) {
      const random = createRandom(`noise ${seed}`)
      const noise = Float32Array.from({ length: 24_000 }, () => random.normal())
      const { verdict, impactBeat } = await ask(channelOf(noise, 12_000), madeRpm, madeBearing)
      verdicts.push(verdict)
      expect(impactBeat).toBeNull()
    }
    expect(new Set(verdicts)).toEqual(new Set(['no-sign']))
  })

  it('lists every line with its slip window, ±2 % of its harmonic', async () => {
    const { hypotheses } = await ask(madeMachine('inner', 0), madeRpm, madeBearing)
    const inner = hypotheses.find(({ part }) => part === 'inner-race')
    const line = inner?.lines.find(({ harmonic, sideband }) => harmonic === 2 && sideband === -1)
    expect(line?.label).toBe('2×BPFI − 1×shaft')
    const centreHz = (2 * 5.41522 * madeRpm) / 60
    expect(line?.highHz).toBeCloseTo(centreHz * 1.02 - madeRpm / 60, 1)
    expect(line?.lowHz).toBeCloseTo(centreHz * 0.98 - madeRpm / 60, 1)
  })
})
