import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { averagedSpectrum } from '../../../src/engine/dsp/spectrum'
import { statisticsOfSamples } from '../../../src/engine/dsp/statistics'
import type { RequestInput } from '../../../src/shared/contract/requests'
import { createRandom } from '../../../src/shared/random'
import { expectArraysClose } from '../../helpers/expect-arrays-close'
import { startStudyEngine, type StudyEngine } from '../../helpers/study-engine'

const rateHz = 12_000
const sampleCount = 700_000
let study: StudyEngine
let recordingId: string

/** Noise, a sine of amplitude 2 at 1234 Hz, and impacts' carrier at 3000 Hz that beats at 50 Hz. */
const samples = (() => {
  const random = createRandom('panels')
  return Float32Array.from({ length: sampleCount }, (_, n) => {
    const angle = (2 * Math.PI * n) / rateHz
    const beat = 1 + 0.8 * Math.cos(50 * angle)
    return 0.1 * random.normal() + 2 * Math.sin(1234 * angle) + 0.5 * beat * Math.sin(3000 * angle)
  })
})()

beforeAll(async () => {
  study = await startStudyEngine()
  const file = await study.writeWav('panels.wav', samples, rateHz)
  recordingId = (await study.ask('recording.open', { file, read: { unit: 'g' } })).recordingId
})
afterAll(() => study.dispose())

type SpectrumInput = RequestInput<'panel.spectrum'>
const spectrum = (input: Partial<SpectrumInput>) =>
  study.ask('panel.spectrum', {
    recordingId,
    channel: 0,
    startSample: 0,
    endSample: sampleCount,
    overlap: 0.5,
    taper: 'hann',
    ...input,
  })

describe('panel.spectrum', () => {
  it.each([
    [1000, 5096, 512, 0.5],
    [1000, 21_000, 1000, 0.75],
    [0, 262_144, 4096, 0],
    [5000, 400_000, 8192, 0.5], // more than one group
    [0, 700_000, 65_536, 0.5],
  ])(
    'samples %i to %i in frames of %i, overlap %d, are averaged as a whole',
    async (start, end, frameLength, overlap) => {
      const view = await spectrum({ startSample: start, endSample: end, frameLength, overlap })
      const direct = averagedSpectrum(samples.subarray(start, end), rateHz, {
        frameLength,
        hopLength: Math.round(frameLength * (1 - overlap)),
        fftLength: frameLength,
        taper: 'hann',
        removesMean: true,
      })
      expect(view.averageCount).toBe(direct.averageCount)
      expect([view.binHz, view.bandwidthHz, view.frameLength]).toEqual([direct.binHz, direct.bandwidthHz, frameLength])
      expectArraysClose(
        view.amplitude,
        Float32Array.from(direct.power, (power) => Math.sqrt(2 * power)),
        1e-6,
      )
    },
  )

  it('reads the peak amplitude of a sine, and finds its frequency between bins', async () => {
    const { peaks, unit, kind, bandHz } = await spectrum({ taper: 'flattop' })
    expect([unit, kind, bandHz]).toEqual(['g', 'spectrum', null])
    expect(peaks[0].amplitude).toBeCloseTo(2, 2)
    expect(peaks[0].frequencyHz).toBeCloseTo(1234, 1)
    expect(peaks.map(({ prominence }) => prominence)).toEqual(
      peaks.map(({ prominence }) => prominence).sort((a, b) => b - a),
    )
  })

  it.each([
    [100, 16],
    [20_000, 4096],
    [700_000, 65_536],
  ])('of %i samples chooses a frame of %i: at least eight averages', async (endSample, frameLength) => {
    const view = await spectrum({ endSample })
    expect(view.frameLength).toBe(frameLength)
    expect(view.averageCount).toBeGreaterThanOrEqual(8)
  })

  it('shows the beat of a band in the envelope spectrum, in one group and in several', async () => {
    for (const endSample of [60_000, 700_000]) {
      const view = await spectrum({ endSample, frameLength: 12_000, envelopeBandHz: [2500, 3500] })
      expect(view).toMatchObject({ kind: 'envelope', bandHz: [2500, 3500] })
      expect(view.peaks[0].frequencyHz).toBeCloseTo(50, 1)
      expect(view.peaks[0].amplitude).toBeCloseTo(0.5 * 0.8, 2)
    }
  })

  it('samples a very long stretch evenly: no more than sixteen groups are read', async () => {
    const long = new Float32Array(6_000_000).fill(1, 0, 3_000_000)
    for (let n = 0; n < long.length; n++) long[n] *= Math.sin((2 * Math.PI * n) / 8)
    const file = await study.writeWav('long.wav', long, rateHz)
    const open = await study.ask('recording.open', { file, read: {} })
    const view = await spectrum({
      recordingId: open.recordingId,
      endSample: long.length,
      frameLength: 4096,
      overlap: 0,
    })
    expect(view.averageCount).toBe(16 * 64)
    // half of the signal is silent: half the power
    expect(view.peaks[0].amplitude).toBeCloseTo(Math.SQRT1_2, 1)
  })

  it.each([
    ['an empty stretch', { startSample: 5, endSample: 5 }, /Samples 5 to 5/],
    ['a stretch that runs backwards', { startSample: 9, endSample: 5 }, /Samples 9 to 5/],
    ['a stretch behind the end', { endSample: 700_001 }, /Samples 0 to 700001 .* 0 to 700000/],
    ['a frame longer than the stretch', { endSample: 100, frameLength: 128 }, /frame of 128 .* has 100/],
    ['one sample', { endSample: 1 }, /at least 2/],
    ['a band above half the rate', { envelopeBandHz: [2000, 7000] as [number, number] }, /2000–7000 Hz does not fit/],
    ['a band that runs backwards', { envelopeBandHz: [3000, 2000] as [number, number] }, /3000–2000 Hz does not fit/],
    ['an overlap of 1', { overlap: 1 }, /overlap/],
    ['an overlap that is no number', { overlap: Number.NaN }, /overlap/],
    ['an unknown channel', { channel: 3 }, /no channel 3/],
    ['an unknown recording', { recordingId: 'q' }, /no open recording "q"/],
  ])('refuses %s', async (_, input, words) => {
    await expect(spectrum(input)).rejects.toMatchObject({
      code: 'bad-request',
      message: expect.stringMatching(words) as string,
    })
  })

  it('of a signal with gaps leaves the frames out; its envelope is refused', async () => {
    const holed = samples.slice(0, 20_000).fill(Number.NaN, 8000, 9000)
    const file = await study.writeWav('holed.wav', holed, rateHz)
    const open = await study.ask('recording.open', { file, read: {} })
    const input = { recordingId: open.recordingId, endSample: 20_000, frameLength: 1000, overlap: 0 }
    const view = await spectrum(input)
    expect(view.averageCount).toBe(19)
    expect(view.amplitude.every(Number.isFinite)).toBe(true)
    await expect(spectrum({ ...input, envelopeBandHz: [2000, 4000] })).rejects.toMatchObject({
      code: 'bad-request',
      message: expect.stringMatching(/has gaps/) as string,
    })
  })

  it('stops when it is cancelled', async () => {
    const controller = new AbortController()
    const input = {
      recordingId,
      channel: 0,
      startSample: 0,
      endSample: sampleCount,
      overlap: 0.5,
      taper: 'hann' as const,
    }
    const asked = study.ask('panel.spectrum', input, controller.signal)
    controller.abort()
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' })
  })
})

describe('panel.waveform', () => {
  it('gives the samples of the stretch', async () => {
    const stretch = { recordingId, channel: 0, startSample: 100, endSample: 2100 }
    const { unit, samples: given } = await study.ask('panel.waveform', stretch)
    expect(unit).toBe('g')
    expect(given).toEqual(samples.slice(100, 2100))
  })

  it('refuses more than a million', async () => {
    const file = await study.writeWav('million.wav', new Float32Array(1_000_001), rateHz)
    const open = await study.ask('recording.open', { file, read: {} })
    const stretch = { recordingId: open.recordingId, channel: 0, startSample: 0, endSample: 1_000_001 }
    await expect(study.ask('panel.waveform', stretch)).rejects.toMatchObject({
      code: 'bad-request',
      message: expect.stringMatching(/at most 1000000/) as string,
    })
  })
})

describe('panel.indicators', () => {
  it('are those of the stretch, velocity included where the unit allows', async () => {
    const stretch = { recordingId, channel: 0, startSample: 1000, endSample: 61_000 }
    const { unit, indicators } = await study.ask('panel.indicators', stretch)
    const { rms, peak, crestFactor, kurtosis } = statisticsOfSamples(samples.subarray(1000, 61_000))
    expect(unit).toBe('g')
    expect(indicators.rms).toBeCloseTo(rms, 9)
    expect(indicators.peak).toBeCloseTo(peak, 9)
    expect(indicators.crestFactor).toBeCloseTo(crestFactor, 9)
    expect(indicators.kurtosis).toBeCloseTo(kurtosis, 9)
    expect(indicators.velocityRmsMmS).toBeGreaterThan(0)
  })

  it('do without a velocity where the rate is unknown', async () => {
    const path = join(study.folder, 'no-rate.csv')
    const rows = Array.from({ length: 500 }, (_, i) => `${Math.sin(i).toFixed(3)},${Math.cos(i).toFixed(3)}`)
    await writeFile(path, ['a (g),b (g)', ...rows, ''].join('\n'))
    const open = await study.ask('recording.open', { file: path, read: {} })
    const stretch = { recordingId: open.recordingId, channel: 1, startSample: 0, endSample: 500 }
    const { indicators } = await study.ask('panel.indicators', stretch)
    expect(indicators.rms).toBeCloseTo(Math.SQRT1_2, 2)
    expect(indicators.velocityRmsMmS).toBeNull()
    await expect(study.ask('panel.spectrum', { ...stretch, overlap: 0.5, taper: 'hann' })).rejects.toMatchObject({
      code: 'bad-request',
      message: expect.stringMatching(/set the rate/) as string,
    })
  })
})
