import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startStudyEngine, type StudyEngine } from '../../helpers/study-engine'

let study: StudyEngine
beforeAll(async () => {
  study = await startStudyEngine()
})
afterAll(() => study.dispose())

const sine = (sampleCount: number, amplitude = 1): Float32Array =>
  Float32Array.from({ length: sampleCount }, (_, n) => amplitude * Math.sin((2 * Math.PI * n) / 100))
const csvOf = (lines: readonly string[]) => `${lines.join('\n')}\n`
async function writeText(name: string, text: string): Promise<string> {
  const path = join(study.folder, name)
  await writeFile(path, text)
  return path
}
const rows = (count: number) => Array.from({ length: count }, (_, i) => `${Math.sin(i / 5).toFixed(4)},${i % 7}`)

describe('recording.open', () => {
  it('says what it is and where each property comes from', async () => {
    const file = await study.writeWav('a.wav', sine(3000), 25_600)
    const open = await study.ask('recording.open', { file, read: { shaftSpeedRpm: 1500 } })
    expect(open.summary).toMatchObject({ name: 'a.wav', format: 'wav', quality: [] })
    expect(open.summary.channels).toEqual([
      { name: 'channel 1', unit: null, sampleRateHz: 25_600, sampleCount: 3000, durationSeconds: 3000 / 25_600 },
    ])
    expect(open.properties).toEqual({
      sampleRateHz: { value: 25_600, origin: 'file' },
      unit: { value: null, origin: 'unknown' },
      sensitivity: { value: null, origin: 'unknown' },
      shaftSpeedRpm: { value: 1500, origin: 'user' },
      machine: { value: null, origin: 'unknown' },
      point: { value: null, origin: 'unknown' },
      direction: { value: null, origin: 'unknown' },
    })
    expect([open.isSynthetic, open.revision, open.evidenceIds]).toEqual([false, 0, []])
  })

  it('keeps channels of different units apart: the property has no one value', async () => {
    const file = await writeText('two.csv', csvOf(['a (g),b (V)', ...rows(100)]))
    const { properties, summary } = await study.ask('recording.open', { file, read: { sampleRateHz: 1000 } })
    expect(properties.unit).toEqual({ value: null, origin: 'file' })
    expect(summary.channels.map(({ unit }) => unit)).toEqual(['g', 'V'])
  })

  it.each([
    ['a file that is not there', 'none.wav', 'unreadable-file', /none\.wav" does not exist/],
    ['a folder', '.', 'unreadable-file', /is a folder/],
  ])('refuses %s', async (_, name, code, words) => {
    const asked = study.ask('recording.open', { file: join(study.folder, name), read: {} })
    await expect(asked).rejects.toMatchObject({ code, message: expect.stringMatching(words) as string })
  })
})

describe('ids', () => {
  it('of an engine that was started again are none that the one before gave out', async () => {
    const file = await study.writeWav('id.wav', sine(100), 12_000)
    const again = await startStudyEngine()
    try {
      const ids = [study, again].map(async ({ ask }) => (await ask('recording.open', { file, read: {} })).recordingId)
      const [first, second] = await Promise.all(ids)
      await expect(again.ask('recording.quality', { recordingId: first })).rejects.toMatchObject({
        code: 'bad-request',
      })
      expect(second).not.toBe(first)
    } finally {
      await again.dispose()
    }
  })
})

describe('demo.open', () => {
  it('is a synthetic recording whose unit and speed are known', async () => {
    const { isSynthetic, summary, properties } = await study.ask('demo.open', {})
    expect(isSynthetic).toBe(true)
    expect(summary.channels).toMatchObject([{ unit: 'g', sampleRateHz: 25_600, durationSeconds: 30 }])
    expect(properties.unit).toEqual({ value: 'g', origin: 'file' })
    expect(properties.shaftSpeedRpm).toEqual({ value: 1797, origin: 'file' })
  })
})

describe('recording.configure', () => {
  const open = async (name: string, read = {}) => {
    const file = await study.writeWav(name, sine(2000, 0.5), 12_000)
    return study.ask('recording.open', { file, read })
  }
  const waveform = async (recordingId: string) => {
    const stretch = { recordingId, channel: 0, startSample: 0, endSample: 100 }
    return study.ask('panel.waveform', stretch)
  }

  it('takes the user’s values, and gives the file’s back', async () => {
    const { recordingId } = await open('b.wav')
    const changed = await study.ask('recording.configure', {
      recordingId,
      properties: { sampleRateHz: 24_000, unit: 'g', machine: 'pump 3', point: 'DE', direction: 'H' },
    })
    expect(changed.properties.sampleRateHz).toEqual({ value: 24_000, origin: 'user' })
    expect(changed.properties.machine).toEqual({ value: 'pump 3', origin: 'user' })
    expect(changed.summary.channels[0]).toMatchObject({ unit: 'g', sampleRateHz: 24_000 })
    expect(changed.revision).toBe(1)
    const back = await study.ask('recording.configure', { recordingId, properties: { sampleRateHz: null } })
    expect(back.properties.sampleRateHz).toEqual({ value: 12_000, origin: 'file' })
    expect(back.properties.unit).toEqual({ value: 'g', origin: 'user' })
  })

  it('divides volts by the sensitivity, once, and names the unit only where the user does', async () => {
    const { recordingId } = await open('c.wav')
    const peak = async () => Math.max(...(await waveform(recordingId)).samples)
    expect(await peak()).toBeCloseTo(0.5, 6)
    await study.ask('recording.configure', { recordingId, properties: { sensitivity: 0.1 } })
    expect(await peak()).toBeCloseTo(5, 5)
    expect((await waveform(recordingId)).unit).toBeNull()
    await study.ask('recording.configure', { recordingId, properties: { unit: 'g' } })
    expect(await peak()).toBeCloseTo(5, 5)
    expect((await waveform(recordingId)).unit).toBe('g')
    await study.ask('recording.configure', { recordingId, properties: { sensitivity: null } })
    expect(await peak()).toBeCloseTo(0.5, 6)
  })

  it('applies it to channels in volts alone, millivolts as such', async () => {
    const file = await writeText('mixed.csv', csvOf(['a (mV),b (g)', ...rows(100)]))
    const { recordingId } = await study.ask('recording.open', { file, read: { sampleRateHz: 1000 } })
    const changed = await study.ask('recording.configure', {
      recordingId,
      properties: { sensitivity: 0.01, unit: 'm/s2' },
    })
    expect(changed.summary.channels.map(({ unit }) => unit)).toEqual(['m/s2', 'g'])
    const { samples } = await study.ask('panel.waveform', { recordingId, channel: 0, startSample: 5, endSample: 6 })
    expect(samples[0]).toBeCloseTo((0.8415 * 0.001) / 0.01, 5)
  })

  it('refuses a sensitivity where nothing is in volts, and leaves everything as it was', async () => {
    const file = await writeText('g.csv', csvOf(['a (g),b (g)', ...rows(100)]))
    const { recordingId } = await study.ask('recording.open', { file, read: { sampleRateHz: 1000 } })
    const asked = study.ask('recording.configure', { recordingId, properties: { sensitivity: 0.1 } })
    await expect(asked).rejects.toMatchObject({
      code: 'bad-request',
      message: expect.stringMatching(/is in g;/) as string,
    })
    expect((await waveform(recordingId)).unit).toBe('g')
  })

  it('reads a text file by another layout', async () => {
    const file = await writeText('semi.csv', csvOf(['x;y', '1,5;2,5', '3,5;4,5', '5,5;6,5']))
    const { recordingId, summary } = await study.ask('recording.open', { file, read: {} })
    expect(summary.channels.map(({ name }) => name)).toEqual(['x', 'y'])
    const text = { delimiter: ';', decimal: ',' as const, headerLines: 2 }
    const changed = await study.ask('recording.configure', { recordingId, properties: {}, text })
    expect(changed.summary.channels[0].sampleCount).toBe(2)
    expect(changed.revision).toBe(1)
  })

  it('changes in turn, however fast they come', async () => {
    const { recordingId } = await open('d.wav')
    const configure = (properties: { readonly sampleRateHz?: number; readonly unit?: string }) =>
      study.ask('recording.configure', { recordingId, properties })
    await Promise.all([configure({ sampleRateHz: 1000 }), configure({ unit: 'g' }), configure({ sampleRateHz: 2000 })])
    const { properties, revision } = await configure({})
    expect([properties.sampleRateHz.value, properties.unit.value, revision]).toEqual([2000, 'g', 3])
  })

  it('renews tiles: the waveform follows the sensitivity, from samples and from the pyramid', async () => {
    const file = await study.writeWav('long.wav', sine(300_000, 0.5), 12_000)
    const { recordingId } = await study.ask('recording.open', { file, read: {} })
    const greatest = async (level: number) => {
      const track = { kind: 'waveform' as const, recordingId, channel: 0 }
      const { values, columns } = await study.ask('tile.get', { track, level, index: 0 })
      return Math.max(...values.subarray(columns))
    }
    expect([await greatest(0), await greatest(10)]).toEqual([0.5, 0.5])
    await study.ask('recording.configure', { recordingId, properties: { sensitivity: 0.5 } })
    expect([await greatest(0), await greatest(10)]).toEqual([1, 1])
  })

  it('keeps evidence through another unit, and drops it with another rate', async () => {
    const { recordingId } = await study.ask('demo.open', {})
    const { evidenceId } = await study.takeEvidence(recordingId, 'bearing-1d')
    const other = await study.ask('recording.configure', { recordingId, properties: { unit: 'm/s2' } })
    expect(other.evidenceIds).toEqual([evidenceId])
    // the inspector goes on reading the file that was opened again
    const inspected = { evidenceId, startSeconds: 1, endSeconds: 1.5, columnLimit: 64 }
    const { scores, meanEvidence } = await study.ask('segment.inspect', inspected)
    expect(Math.abs(scores.logit - meanEvidence)).toBeLessThanOrEqual(1e-5)
    const faster = await study.ask('recording.configure', { recordingId, properties: { sampleRateHz: 51_200 } })
    expect(faster.evidenceIds).toEqual([])
    const asked = study.ask('score.get', { evidenceId, segmentSeconds: 1, locale: 'en' })
    await expect(asked).rejects.toMatchObject({ code: 'bad-request' })
  })

  it.each([
    ['a rate of 0', { sampleRateHz: 0 }, /sampleRateHz/],
    ['a rate that is no number', { sampleRateHz: Number.NaN }, /sampleRateHz/],
    ['a sensitivity below 0', { sensitivity: -1 }, /sensitivity/],
    ['an empty unit', { unit: '' }, /unit/],
  ])('refuses %s', async (_, properties, words) => {
    const { recordingId } = await open('e.wav')
    const asked = study.ask('recording.configure', { recordingId, properties })
    await expect(asked).rejects.toMatchObject({ code: 'bad-request', message: expect.stringMatching(words) as string })
  })
})

describe('recording.close', () => {
  it('ends its id, its evidence and its tiles', async () => {
    const { recordingId } = await study.ask('demo.open', {})
    const { evidenceId } = await study.takeEvidence(recordingId, 'bearing-1d')
    await study.ask('recording.close', { recordingId })
    const track = { kind: 'waveform' as const, recordingId, channel: 0 }
    const ofEvidence = { kind: 'evidence' as const, evidenceId, side: 'fault' as const }
    for (const asked of [
      study.ask('tile.get', { track, level: 3, index: 0 }),
      study.ask('tile.get', { track: ofEvidence, level: 3, index: 0 }),
      study.ask('recording.quality', { recordingId }),
      study.ask('recording.close', { recordingId }),
      study.ask('evidence.start', { recordingId, channel: 0, modelId: 'bearing-1d' }),
    ]) {
      await expect(asked).rejects.toMatchObject({ code: 'bad-request' })
    }
  })

  it('ends evidence that is being taken, with a sentence', async () => {
    const { recordingId } = await study.ask('demo.open', {})
    const { jobId } = await study.ask('evidence.start', { recordingId, channel: 0, modelId: 'bearing-2d' })
    const ended = study.ask('evidence.result', { jobId })
    await study.ask('recording.close', { recordingId })
    await expect(ended).rejects.toMatchObject({
      code: 'bad-request',
      message: expect.stringMatching(/was closed or read differently/) as string,
    })
  })
})

describe('tiles under way', () => {
  it('end with the recording or the caller, in a sentence', async () => {
    const file = await study.writeWav('under-way.wav', sine(9_000_000), 12_000)
    const track = (recordingId: string) => ({ kind: 'waveform' as const, recordingId, channel: 0 })
    const open = () => study.ask('recording.open', { file, read: {} })
    const closed = await open()
    const configured = await open()
    const left = await open()
    const controller = new AbortController()
    const asked = [
      study.ask('tile.get', { track: track(closed.recordingId), level: 16, index: 0 }),
      study.ask('tile.get', { track: track(configured.recordingId), level: 16, index: 0 }),
      study.ask('tile.get', { track: track(left.recordingId), level: 16, index: 0 }, controller.signal),
    ].map((tile) => tile.catch((error: unknown) => error))
    controller.abort()
    await study.ask('recording.close', { recordingId: closed.recordingId })
    await study.ask('recording.configure', { recordingId: configured.recordingId, properties: { sensitivity: 2 } })
    const [ofClosed, ofConfigured, ofLeft] = await Promise.all(asked)
    expect(ofClosed).toMatchObject({ code: 'bad-request', message: expect.stringMatching(/was closed/) as string })
    expect(ofConfigured).toMatchObject({ code: 'bad-request', message: expect.stringMatching(/was closed/) as string })
    expect(ofLeft).toMatchObject({ code: 'cancelled' })
    // what was begun for one that left is there for the next
    const { values } = await study.ask('tile.get', { track: track(left.recordingId), level: 16, index: 0 })
    expect(values.length).toBe(2 * Math.ceil(9_000_000 / 2 ** 16))
  })
})

describe('recording.quality', () => {
  it('names what is wrong with the samples, and stops when it is cancelled', async () => {
    const holed = sine(5000).fill(0.25, 1000, 3000)
    const file = await study.writeWav('holed.wav', holed, 12_000)
    const { recordingId } = await study.ask('recording.open', { file, read: {} })
    const quality = await study.ask('recording.quality', { recordingId })
    expect(quality.map(({ code }) => code)).toContain('flat-line')
    const controller = new AbortController()
    controller.abort()
    await expect(study.ask('recording.quality', { recordingId }, controller.signal)).rejects.toMatchObject({
      code: 'cancelled',
    })
  })
})

describe('tile.get', () => {
  it.each([
    ['an unknown recording', { kind: 'waveform', recordingId: 'x', channel: 0 }, 0, 0, /no open recording "x"/],
    ['an unknown channel', { kind: 'waveform', channel: 4 }, 0, 0, /no channel 4/],
    ['a tile behind the end', { kind: 'waveform', channel: 0 }, 0, 99, /begins at sample 25344; the channel has 2000/],
    ['a level above the highest', { kind: 'waveform', channel: 0 }, 40, 0, /level/],
    ['a level that is no whole number', { kind: 'waveform', channel: 0 }, 1.5, 0, /level/],
    ['a transform of another length', { kind: 'spectrogram', channel: 0, fftLength: 100 }, 0, 0, /fftLength/],
    ['unknown evidence', { kind: 'evidence', evidenceId: 'y', side: 'fault' }, 0, 0, /no evidence "y"/],
  ])('refuses %s', async (_, track, level, index, words) => {
    const file = await study.writeWav('f.wav', sine(2000), 12_000)
    const { recordingId } = await study.ask('recording.open', { file, read: {} })
    const full = track.kind === 'evidence' ? track : { recordingId, ...track }
    const asked = study.ask('tile.get', { track: full as never, level, index })
    await expect(asked).rejects.toMatchObject({ code: 'bad-request', message: expect.stringMatching(words) as string })
  })

  it('refuses a spectrogram where nobody knows the rate', async () => {
    const file = await writeText('no-rate.csv', csvOf(['a (g),b (g)', ...rows(300)]))
    const { recordingId } = await study.ask('recording.open', { file, read: {} })
    const track = { kind: 'spectrogram' as const, recordingId, channel: 0, fftLength: 128 as const }
    await expect(study.ask('tile.get', { track, level: 0, index: 0 })).rejects.toMatchObject({
      code: 'bad-request',
      message: expect.stringMatching(/set the rate in the properties/) as string,
    })
  })
})

describe('evidence', () => {
  it('reports progress, and is cancelled by its job', async () => {
    const { recordingId } = await study.ask('demo.open', {})
    const { jobId } = await study.ask('evidence.start', { recordingId, channel: 0, modelId: 'bearing-2d' })
    await study.ask('job.cancel', { jobId })
    await expect(study.ask('evidence.result', { jobId })).rejects.toMatchObject({ code: 'cancelled' })
    const second = await study.ask('evidence.start', { recordingId, channel: 0, modelId: 'bearing-1d' })
    await study.ask('evidence.result', second)
    const stages = study.events.filter(({ name, data }) => name === 'job.progress' && data.jobId === second.jobId)
    expect(stages.length).toBeGreaterThan(1)
  })

  it('takes the place of earlier evidence of the same channel and model', async () => {
    const { recordingId } = await study.ask('demo.open', {})
    const first = await study.takeEvidence(recordingId, 'bearing-1d')
    const second = await study.takeEvidence(recordingId, 'bearing-1d')
    expect(second.evidenceId).not.toBe(first.evidenceId)
    const { evidenceIds } = await study.ask('recording.configure', { recordingId, properties: {} })
    expect(evidenceIds).toEqual([second.evidenceId])
    await study.ask('evidence.forget', { evidenceId: second.evidenceId })
    const asked = study.ask('evidence.forget', { evidenceId: second.evidenceId })
    await expect(asked).rejects.toMatchObject({ code: 'bad-request' })
  })

  it('of a channel too slow for the model has no steps and says why, in both languages', async () => {
    const file = await study.writeWav('slow.wav', sine(20_000), 2000)
    const { recordingId } = await study.ask('recording.open', { file, read: {} })
    const { evidenceId, stepCount, outOfDomainReasons } = await study.takeEvidence(recordingId, 'bearing-1d')
    expect([stepCount, outOfDomainReasons.map(({ key }) => key)]).toEqual([0, ['reason.rate-too-low']])
    const view = await study.ask('score.get', { evidenceId, segmentSeconds: 1, locale: 'en' })
    expect(view).toMatchObject({ verdict: 'not-applicable', probability: null, events: [] })
    expect(view.reasons[0]).toMatch(/Sampled at 2000 Hz/)
    const track = { kind: 'evidence' as const, evidenceId, side: 'difference' as const }
    const tile = await study.ask('tile.get', { track, level: 4, index: 0 })
    expect(tile.values.every(Number.isNaN)).toBe(true)
    const asked = study.ask('segment.inspect', { evidenceId, startSeconds: 0, endSeconds: 1, columnLimit: 64 })
    await expect(asked).rejects.toMatchObject({ code: 'bad-request' })
  })

  it('lets the inspector in while another channel is analysed and a third waits for another backend', async () => {
    const { recordingId } = await study.ask('demo.open', {})
    const { evidenceId } = await study.takeEvidence(recordingId, 'bearing-1d')
    const other = await study.ask('demo.open', {})
    const input = { recordingId: other.recordingId, channel: 0, modelId: 'bearing-2d' }
    const { jobId } = await study.ask('evidence.start', input)
    let isEnded = false
    const ended = study.ask('evidence.result', { jobId }).then(() => (isEnded = true))
    const onCpu = study.ask('evidence.start', { recordingId, channel: 0, modelId: 'bearing-1d', backend: 'cpu' })
    const inspected = { evidenceId, startSeconds: 1, endSeconds: 2, columnLimit: 64 }
    const { scores, meanEvidence } = await study.ask('segment.inspect', inspected)
    expect(Math.abs(scores.logit - meanEvidence)).toBeLessThanOrEqual(1e-5)
    expect(isEnded).toBe(false)
    await ended
    const { jobId: cpuJob } = await onCpu
    await study.ask('job.cancel', { jobId: cpuJob })
    await expect(study.ask('evidence.result', { jobId: cpuJob })).rejects.toMatchObject({ code: 'cancelled' })
  })

  it.each([
    ['an unknown model', { modelId: 'none' }, 'model-mismatch', /no model "none"/],
    ['an unknown channel', { channel: 7 }, 'bad-request', /no channel 7/],
    ['an unknown recording', { recordingId: 'z' }, 'bad-request', /no open recording "z"/],
  ])('refuses %s', async (_, input, code, words) => {
    const { recordingId } = await study.ask('demo.open', {})
    const run = async () => {
      const started = await study.ask('evidence.start', { recordingId, channel: 0, modelId: 'bearing-1d', ...input })
      return study.ask('evidence.result', started)
    }
    await expect(run()).rejects.toMatchObject({ code, message: expect.stringMatching(words) as string })
  })
})

describe('about the program', () => {
  it('app.info names version and platform', async () => {
    const { version, platform } = await study.ask('app.info', {})
    expect(version).toMatch(/^\d+\.\d+\.\d+/)
    expect(platform).toContain(process.platform)
  })

  it('backend.check tries every backend and leaves the one in use as it was', async () => {
    const { recordingId } = await study.ask('demo.open', {})
    const before = await study.takeEvidence(recordingId, 'bearing-1d')
    const checks = await study.ask('backend.check', {})
    expect(checks.map(({ name }) => name)).toEqual(['tensorflow', 'wasm', 'cpu'])
    for (const { isAvailable, selfTest, reason } of checks) {
      expect(isAvailable ? reason : selfTest).toBeNull()
      if (isAvailable) expect(selfTest).toBeLessThanOrEqual(1e-4)
      else expect(reason).toMatch(/\w/)
    }
    expect(checks.find(({ name }) => name === 'wasm')?.isAvailable).toBe(true)
    const inspected = { evidenceId: before.evidenceId, startSeconds: 1, endSeconds: 2, columnLimit: 64 }
    const { scores, meanEvidence } = await study.ask('segment.inspect', inspected)
    expect(Math.abs(scores.logit - meanEvidence)).toBeLessThanOrEqual(1e-5)
  })
})
