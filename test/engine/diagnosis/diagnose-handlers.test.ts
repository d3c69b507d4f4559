import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRecording } from '../../../src/engine/readers/open-recording'
import { diagnosisSchema } from '../../../src/shared/diagnosis/diagnosis'
import { madeBearing, madeMachine, madeRpm } from '../../builders/machine-builder'
import { startStudyEngine, type StudyEngine } from '../../helpers/study-engine'

let study: StudyEngine
let recordingId = ''
let evidenceId = ''

beforeAll(async () => {
  study = await startStudyEngine()
  const made = madeMachine('outer', 3)
  const samples = await made.read({ start: 0, end: made.sampleCount })
  const file = await study.writeWav('outer.wav', samples, 12_000)
  recordingId = (await study.ask('recording.open', { file, read: { shaftSpeedRpm: madeRpm } })).recordingId
  evidenceId = (await study.takeEvidence(recordingId, 'bearing-1d')).evidenceId
}, 120_000)

afterAll(() => study.dispose())

const ask = { channel: 0, bearing: madeBearing, locale: 'en' } as const

describe('diagnosis.get', () => {
  it('lays both witnesses beside the network', async () => {
    const { diagnosis, spectra } = await study.ask('diagnosis.get', { ...ask, recordingId, evidenceId })
    expect(diagnosisSchema.parse(diagnosis)).toMatchObject({
      shaftSpeedRpm: madeRpm,
      agreement: 'agree',
      witness: { verdict: 'fault-outer-race' },
      evidenceBeat: { verdict: 'matches', part: 'outer-race' },
    })
    expect(diagnosis.evidenceBeat?.sentence).toMatch(/^The network’s evidence repeats at 107\.\d Hz = 3\.5\d × shaft/)
    const chosen = spectra.find(({ bandHz }) => bandHz[0] === diagnosis.witness.hypotheses[0].bandHz?.[0])
    const bin = Math.round((diagnosis.witness.hypotheses[0].foundHz ?? 0) / (chosen?.binHz ?? 1))
    expect(chosen?.depth[bin]).toBeGreaterThan(10 * (chosen?.noise[bin] ?? 1))
  })

  it('asks the envelope alone where no evidence is given', async () => {
    const { diagnosis } = await study.ask('diagnosis.get', { ...ask, recordingId, locale: 'zh-CN' })
    expect(diagnosis).toMatchObject({ evidenceBeat: null, agreement: 'unknown' })
    expect(diagnosis.sentence).toContain('外圈')
  })

  it('looks in one band where it is told to', async () => {
    const { diagnosis } = await study.ask('diagnosis.get', { ...ask, recordingId, bandHz: [2500, 4000] })
    expect(diagnosis.witness.bandsHz).toEqual([[2500, 4000]])
    expect(diagnosis.witness.verdict).toBe('fault-outer-race')
  })

  it.each([
    ['a speed of 0', { shaftSpeedRpm: 0 }],
    ['a bearing that nobody knows', { bearing: 'nothing-like-this' }],
    ['a bearing that cannot be built', { bearing: 'n=9,d=30,D=39' }],
    ['a band above half the rate', { bandHz: [5000, 9000] as [number, number] }],
    ['evidence that is not there', { evidenceId: 'evidence-99' }],
  ])('refuses %s in one sentence', async (_, changes) => {
    const asked = study.ask('diagnosis.get', { ...ask, recordingId, ...changes })
    await expect(asked).rejects.toMatchObject({ code: 'bad-request' })
  })
})

describe('evidence.spectrum', () => {
  it('parts the recording at the threshold and compares both parts in the same bins', async () => {
    const view = await study.ask('evidence.spectrum', { evidenceId, envelopeBandHz: [2500, 4000] })
    expect(view.highCount + view.restCount).toBe(8)
    expect(view.highCount).toBe(2)
    expect(view.spectrum.high).toHaveLength(view.spectrum.rest.length)
    expect(view.envelope.binHz).toBe(2)
    const line = Math.round(107.3 / view.envelope.binHz)
    expect(view.envelope.high[line]).toBeGreaterThan(0.3)
  })
})

describe('evidence.sound', () => {
  it.each([
    [1, 12_000],
    [2, 12_000],
    [4, 9000],
  ] as const)(
    '%i times slower is a WAV at %i Hz, faded and levelled, as long as what it holds',
    async (slowdown, rateHz) => {
      const bytes = await study.ask('evidence.sound', { evidenceId, slowdown })
      const recording = await openRecording(sourceOf(bytes), {})
      const [channel] = recording.channels
      expect(channel.sampleRateHz).toBe(rateHz)
      expect(channel.sampleCount / rateHz).toBeCloseTo(slowdown, 5) // two stretches of half a second
      const samples = await channel.read({ start: 0, end: channel.sampleCount })
      expect(samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0)).toBeCloseTo(0.9, 5)
      expect(samples[0]).toBe(0)
      await recording.close()
    },
  )

  it('plays the envelope too, and says when nothing reaches the threshold', async () => {
    const envelope = await study.ask('evidence.sound', { evidenceId, slowdown: 1, envelopeBandHz: [2500, 4000] })
    expect(envelope.length).toBeGreaterThan(12_000 * 4)
    const asked = study.ask('evidence.sound', { evidenceId, slowdown: 1, thresholdLogit: 1e5 })
    await expect(asked).rejects.toMatchObject({ code: 'bad-request' })
  })
})

function sourceOf(bytes: Uint8Array) {
  return {
    name: 'sound.wav',
    size: bytes.length,
    read: async (start: number, end: number) => bytes.slice(start, end),
    close: async () => undefined,
  }
}
