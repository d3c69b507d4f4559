import { join } from 'node:path'
import { PNG } from 'pngjs'
import { describe, expect, it } from 'vitest'
import { createEngineOf } from '../../../src/engine/index'
import type { ReadOptions, Recording } from '../../../src/engine/readers/recording'
import { demoRecording } from '../../../src/engine/training/synthetic/demo-recording'
import { EngineClient } from '../../../src/shared/contract/engine-client'
import { AnalyzerError } from '../../../src/shared/errors'
import { fakeParts } from '../../builders/fake-parts'
import { temporaryFolder } from '../../helpers/temporary-folder'

const { signal } = new AbortController()
const demo = demoRecording()
const { sampleRateHz } = demo
const grown = demo.samples.subarray(25 * sampleRateHz)
const healthy = demo.samples.subarray(0, 5 * sampleRateHz)
/** One pulse a turn of the mean speed. */
const tacho = Float32Array.from({ length: grown.length }, (_, i) =>
  ((i / sampleRateHz) * (demo.shaftSpeedRpm / 60)) % 1 < 0.1 ? 5 : 0,
)

/** Recordings in memory: the last and the first 5 s of the demo, each with a tacho as second channel. */
async function openInMemory(path: string, options: ReadOptions): Promise<Recording> {
  const samples = { 'fault.wav': grown, 'healthy.wav': healthy }[path]
  if (samples === undefined) throw new AnalyzerError('unreadable-file', `There is no file "${path}".`)
  const channels = [
    { name: 'DE', values: samples },
    { name: 'tacho', values: tacho },
  ]
  const { unit, shaftSpeedRpm } = options
  return {
    id: path,
    name: path,
    format: 'wav',
    sizeBytes: 0,
    channels: channels.map(({ name, values }) => ({
      name,
      unit,
      sampleRateHz,
      sampleCount: values.length,
      read: async ({ start, end }) => values.slice(start, end),
    })),
    metadata: {
      properties: {},
      shaftSpeedRpm: shaftSpeedRpm === undefined ? undefined : { value: shaftSpeedRpm, origin: 'user' },
    },
    notices: [],
    guesses: [],
    close: async () => undefined,
  }
}

function newClient(): EngineClient {
  const folder = temporaryFolder()
  const userFolders = { config: join(folder, 'config'), data: join(folder, 'data') }
  const engine = createEngineOf(fakeParts({ userFolders, openRecording: openInMemory }))
  return new EngineClient({
    request: (name, input, given) =>
      engine.request(name, input, {
        signal: given,
        resolveFile: (path) => path,
        reportBug: (error) => {
          throw error
        },
      }),
    subscribe: (listener) => engine.subscribe(listener),
  })
}

const read = { unit: 'g', shaftSpeedRpm: demo.shaftSpeedRpm }
const fault = { file: 'fault.wav', read, channel: 0 }
const bpfoHz = demo.truth.lines.bpfo

describe('bearings by request', () => {
  it("are listed, added, imported and removed, the user's own first", async () => {
    const client = newClient()
    const { bearings } = await client.request('bearing.list', {}, signal)
    expect(bearings.every(({ isUserOwn }) => !isUserOwn)).toBe(true)
    const csv = 'designation,maker,n\nA,M,9\nB,M,10\n'
    const imported = await client.request('bearing.import', { csv }, signal)
    expect(imported.bearings.slice(0, 3).map(({ designation, isUserOwn }) => [designation, isUserOwn])).toEqual([
      ['A', true],
      ['B', true],
      [bearings[0].designation, false],
    ])
    const left = await client.request('bearing.remove', { id: imported.bearings[0].id }, signal)
    expect(left.bearings.length).toBe(bearings.length + 1)
  })

  it('lines: harmonics with their slip windows, marked where the rate does not hold them', async () => {
    const client = newClient()
    const input = { bearing: '6205-2RS', shaftSpeedRpm: 1797, harmonicCount: 3, sampleRateHz: 600 }
    const { lines, shaftHz, isEstimate } = await client.request('bearing.lines', input, signal)
    expect(lines.map(({ kind }) => kind)).toEqual(['bpfo', 'bpfi', 'ball', 'bsf', 'ftf'])
    const [{ harmonics }] = lines
    expect(harmonics[0].hz).toBeCloseTo(3.58478 * shaftHz, 2)
    expect(harmonics[1].lowHz).toBeCloseTo(0.98 * 2 * harmonics[0].hz, 9)
    expect(harmonics.map((each) => each.isAboveNyquist)).toEqual([false, false, true])
    expect(isEstimate).toBe(false)
  })

  it('of machines', async () => {
    const client = newClient()
    const gears = { kind: 'gears', toothCount: 20, otherToothCount: 40, shaftSpeedRpm: 1500 } as const
    expect(await client.request('machine.lines', gears, signal)).toEqual([
      { code: 'mesh', hz: 500 },
      { code: 'shaft', hz: 25 },
      { code: 'other-shaft', hz: 12.5 },
      { code: 'hunting-tooth', hz: 12.5 },
    ])
  })
})

describe('the demo: an outer-race fault that rings at 3300 and 4700 Hz', () => {
  it('kurtogram names a band round one of the resonances, and draws it', async () => {
    const client = newClient()
    const { best, levels, usedRange } = await client.request(
      'kurtogram.get',
      { ...fault, leastBandwidthHz: 500 },
      signal,
    )
    const [lowHz, highHz] = best?.bandHz ?? [0, 0]
    expect([3300, 4700].some((hz) => lowHz < hz && hz < highHz)).toBe(true)
    expect(best?.kurtosis).toBeGreaterThan(1)
    expect(levels[0].kurtosis.length).toBe(1)
    expect(usedRange).toEqual({ start: 0, end: grown.length })
    const input = { ...fault, leastBandwidthHz: 500, locale: 'zh-CN' } as const
    const png = PNG.sync.read(Buffer.from(await client.request('kurtogram.picture', input, signal)))
    expect([png.width, png.height]).toEqual([1000, 620])
  })

  it.each(['none', 'cepstrum-whitening', 'discrete-random'] as const)(
    'envelope of the band of the kurtogram shows the outer race line within slip, signal: %s',
    async (preparation) => {
      const client = newClient()
      const band = { kind: 'kurtogram', leastBandwidthHz: 500 } as const
      const input = { ...fault, band, preparation, highestHz: 1000, frameSeconds: 2 }
      const { peaks, bandOrigin, power, binHz } = await client.request('envelope.get', input, signal)
      expect(Math.abs(peaks[0].frequencyHz / bpfoHz - 1)).toBeLessThan(0.02)
      expect(bandOrigin).toBe('kurtogram')
      expect((power.length - 1) * binHz).toBeLessThanOrEqual(1000)
    },
  )

  it('speed from the tacho beside it, and orders of the envelope by it', async () => {
    const client = newClient()
    const tacho = await client.request('speed.tacho', { ...fault, channel: 1, pulsesPerRevolution: 1 }, signal)
    expect(tacho.meanRpm).toBeCloseTo(demo.shaftSpeedRpm, 0)
    expect(tacho.speedsRpm.length).toBe(tacho.timesSeconds.length)
    const speed = { kind: 'tacho', channel: 1, pulsesPerRevolution: 1 } as const
    const input = { ...fault, speed, turnsPerFrame: 50, envelopeBandHz: [2500, 5500] as [number, number] }
    const { power, binOrder, kind } = await client.request('order.get', input, signal)
    expect(kind).toBe('envelope')
    const first = Math.round(1.5 / binOrder)
    const top = first + power.subarray(first).indexOf(Math.max(...power.subarray(first)))
    expect(Math.abs((top * binOrder) / 3.585 - 1)).toBeLessThan(0.02)
  })

  it('speed estimated: the shaft within 1 %, marked as an estimate', async () => {
    const client = newClient()
    const input = { file: 'healthy.wav', read, channel: 0, slowestRpm: 600, fastestRpm: 6000 }
    const { shaftSpeedRpm, isEstimate } = await client.request('speed.estimate', input, signal)
    expect(Math.abs(shaftSpeedRpm / demo.shaftSpeedRpm - 1)).toBeLessThan(0.01)
    expect(isEstimate).toBe(true)
  })

  it('severity by group and foundation, with the source of its limits', async () => {
    const client = newClient()
    const input = { ...fault, groupId: 'medium', foundation: 'rigid' } as const
    const { zone, velocityRmsMmS, limits, source, isSlowMachine } = await client.request('severity.get', input, signal)
    expect(velocityRmsMmS).toBeGreaterThan(0.1)
    expect(zone).toBe(
      velocityRmsMmS <= limits.a ? 'A' : velocityRmsMmS <= limits.b ? 'B' : velocityRmsMmS <= limits.c ? 'C' : 'D',
    )
    expect(source.en).toContain('ISO 20816-3')
    expect(isSlowMachine).toBe(false)
  })

  it('compared with its healthy beginning: kurtosis has risen into danger, the spectrum at the resonance too', async () => {
    const client = newClient()
    const limits = { kurtosis: { kind: 'sigma', warning: 3, danger: 6 } } as const
    const input = { ...fault, baseline: ['healthy.wav'], stretchSeconds: 0.5, limits }
    const { indicators, differenceDb, binHz } = await client.request('baseline.compare', input, signal)
    expect(indicators.find(({ name }) => name === 'kurtosis')?.state).toBe('danger')
    const mean = (low: number, high: number): number => {
      const part = differenceDb.subarray(Math.round(low / binHz), Math.round(high / binHz))
      return part.reduce((sum, value) => sum + value, 0) / part.length
    }
    expect(mean(3000, 3600)).toBeGreaterThan(10)
    expect(Math.abs(mean(300, 700))).toBeLessThan(3)
  })
})

describe('a recording that is open in the app', () => {
  it('is read by its id, as the user says, and stays open', async () => {
    const client = newClient()
    const { recordingId } = await client.request('recording.open', { file: 'fault.wav', read }, signal)
    const input = { recordingId, channel: 0, leastBandwidthHz: 500 }
    const byFile = await client.request('kurtogram.get', { ...fault, leastBandwidthHz: 500 }, signal)
    expect(await client.request('kurtogram.get', input, signal)).toEqual(byFile)
    const rated = { recordingId, channel: 0, groupId: 'medium', foundation: 'rigid' } as const
    expect((await client.request('severity.get', rated, signal)).velocityRmsMmS).toBeGreaterThan(0.1)
    const { differenceDb } = await client.request(
      'baseline.compare',
      { recordingId, channel: 0, baseline: ['fault.wav'], baselineRead: read, stretchSeconds: 1, limits: {} },
      signal,
    )
    expect(Math.max(...differenceDb.map(Math.abs))).toBeLessThan(1e-3)
  })
})

describe('refused in one sentence', () => {
  it.each([
    ['bearing.lines', { bearing: '6205-2RS', shaftSpeedRpm: 0, harmonicCount: 1 }, '0 rpm'],
    [
      'bearing.lines',
      { bearing: '6205-2RS', shaftSpeedRpm: 1797, harmonicCount: 1, sampleRateHz: 200 },
      'BPFO line lies at 107.36 Hz',
    ],
    ['bearing.lines', { bearing: 'nothing', shaftSpeedRpm: 1797, harmonicCount: 1 }, 'no bearing "nothing"'],
    ['kurtogram.get', { ...fault, range: { start: 9e9, end: 9e9 + 1 }, leastBandwidthHz: 500 }, 'holds none of them'],
    ['kurtogram.get', { ...fault, channel: 7, leastBandwidthHz: 500 }, 'no channel number 8'],
    ['speed.tacho', { ...fault, pulsesPerRevolution: 1 }, 'two levels'],
    ['speed.estimate', { ...fault, slowestRpm: 10, fastestRpm: 100 }, 'turns at 10 rpm'],
    ['order.get', { ...fault, speed: { kind: 'constant', shaftSpeedRpm: 20 }, turnsPerFrame: 4 }, '1.67 turns'],
    ['severity.get', { ...fault, read: {}, groupId: 'large', foundation: 'rigid' }, 'give --unit'],
    ['severity.get', { ...fault, groupId: 'huge', foundation: 'rigid' }, 'no machine group "huge"'],
    ['baseline.compare', { ...fault, baseline: ['nowhere.wav'], stretchSeconds: 1, limits: {} }, 'nowhere.wav'],
    ['kurtogram.get', { channel: 0, leastBandwidthHz: 500 }, 'one of the two is needed'],
    ['kurtogram.get', { ...fault, recordingId: 'recording-1', leastBandwidthHz: 500 }, 'one of the two is needed'],
    ['kurtogram.get', { recordingId: 'recording-9', channel: 0, leastBandwidthHz: 500 }, 'no open recording'],
    [
      'envelope.get',
      {
        ...fault,
        band: { kind: 'map', evidenceId: 'evidence-1', leastBandwidthHz: 500 },
        preparation: 'none',
        highestHz: 500,
      },
      'no evidence "evidence-1"',
    ],
  ] as const)('%s %#', async (name, input, named) => {
    const client = newClient()
    await expect(client.request(name, input as never, signal)).rejects.toThrow(named)
  })
})
