import { describe, expect, it } from 'vitest'
import { loadKernels } from '../../../src/engine/dsp/kernels/load-kernels'
import { fillLevels } from '../../../src/engine/dsp/kernels/pointwise-kernel'
import { createSpectrogramMaker, referencePower } from '../../../src/engine/dsp/spectrogram'
import { createPyramid, pyramidBlockLength } from '../../../src/engine/timeline/pyramid'
import { StepMap } from '../../../src/engine/timeline/step-map'
import { tileGrid, type TileGrid } from '../../../src/engine/timeline/tile-grid'
import { evidenceTile, stepAt } from '../../../src/engine/timeline/tiles-evidence'
import { spectrogramTile, type SpectrogramTileSource } from '../../../src/engine/timeline/tiles-spectrogram'
import { tileOfPyramid, tileOfSamples } from '../../../src/engine/timeline/tiles-waveform'
import { createRandom } from '../../../src/shared/random'
import { clampRange } from '../../../src/shared/sample-range'
import { expectArraysClose } from '../../helpers/expect-arrays-close'

const kernels = loadKernels()
const signal = new AbortController().signal
const sampleCount = 100_003

function noiseWithGap(): Float32Array {
  const random = createRandom('tiles')
  const samples = Float32Array.from({ length: sampleCount }, () => random.normal())
  return samples.fill(Number.NaN, 40_000, 48_192)
}
const samples = noiseWithGap()

function everyTile(level: number): TileGrid[] {
  const count = Math.ceil(sampleCount / (256 * 2 ** level))
  return Array.from({ length: count }, (_, index) => tileGrid(level, index, sampleCount))
}

describe('the grid of tiles', () => {
  it('parts the samples without gap or overlap, whatever the level', () => {
    for (let level = 0; level < 20; level++) {
      let at = 0
      for (const { start, end, columns, columnSamples } of everyTile(level)) {
        expect(start).toBe(at)
        expect(Math.ceil((end - start) / columnSamples)).toBe(columns)
        at = end
      }
      expect(at).toBe(sampleCount)
    }
  })

  it('refuses a tile behind the end', () => {
    expect(() => tileGrid(3, 49, sampleCount)).toThrow(/begins at sample 100352; the channel has 100003/)
  })
})

describe('waveform tiles', () => {
  const pyramid = createPyramid(kernels, sampleCount)
  for (let start = 0; start < sampleCount; start += 7777) pyramid.append(samples.subarray(start, start + 7777))

  function directTile({ start, end, columns, columnSamples }: TileGrid): Float32Array {
    const values = new Float32Array(2 * columns).fill(Number.NaN)
    for (let i = start; i < end; i++) {
      const column = Math.floor((i - start) / columnSamples)
      if (!(values[column] <= samples[i])) values[column] = Number.isNaN(samples[i]) ? values[column] : samples[i]
      if (!(values[columns + column] >= samples[i])) {
        values[columns + column] = Number.isNaN(samples[i]) ? values[columns + column] : samples[i]
      }
    }
    return values
  }

  it('are least and greatest sample of each column, from samples and from the pyramid alike', () => {
    for (let level = 0; level <= 18; level++) {
      for (const grid of everyTile(level)) {
        const direct = directTile(grid)
        const ofSamples = tileOfSamples(grid, samples.subarray(grid.start, grid.end))
        expect(ofSamples).toMatchObject({ level, index: grid.index, rows: 2, columns: grid.columns })
        expect(ofSamples.values).toEqual(direct)
        if (grid.columnSamples >= pyramidBlockLength) expect(tileOfPyramid(grid, pyramid).values).toEqual(direct)
      }
    }
  })

  it('are NaN in a gap', () => {
    const { values } = tileOfSamples(tileGrid(6, 2, sampleCount), samples.subarray(32_768, 49_152))
    expect(Number.isNaN(values[(40_064 - 32_768) / 64])).toBe(true)
    expect(Number.isNaN(values[0])).toBe(false)
  })
})

describe('spectrogram tiles', () => {
  const maker = createSpectrogramMaker(kernels)
  const sourceOf = (fftLength: number, of = samples): SpectrogramTileSource => ({
    sampleRateHz: 12_000,
    sampleCount: of.length,
    frame: { frameLength: fftLength, hopLength: fftLength / 2, fftLength, taper: 'hann' },
    read: async (range) => {
      const { start, end } = clampRange(range, of.length)
      return of.slice(start, end)
    },
    powerFrames: (part, frame) => maker.power(part, frame),
    takeLogarithms: (values, floor) => fillLevels(kernels, values, values, floor),
  })

  /** One frame, in float64: power per Hz for Hann, whose noise bandwidth is 1.5 bins. */
  function densityAt(start: number, fftLength: number): Float64Array {
    const { frame } = sourceOf(fftLength)
    const power = referencePower(samples.subarray(start, start + fftLength), frame)
    return power.map((value) => value / ((1.5 * 12_000) / fftLength))
  }

  it.each([
    [128, 0, 0],
    [256, 3, 1],
    [512, 5, 0],
    [4096, 2, 3],
  ])('of %i samples, level %i: a short column is the frame about its centre', async (fftLength, level, index) => {
    const grid = tileGrid(level, index, sampleCount)
    const tile = await spectrogramTile(grid, sourceOf(fftLength), signal)
    for (const column of [0, 1, 100, 255]) {
      const centre = grid.start + (column + 0.5) * grid.columnSamples
      const direct = densityAt(Math.max(0, Math.round(centre - fftLength / 2)), fftLength)
      const values = direct.map((_, row) => tile.values[row * tile.columns + column])
      expectArraysClose(
        values,
        direct.map((value) => 10 * Math.log10(value)),
        0.01,
      )
    }
  })

  it('a longer column is the mean of the frames in it, a hop apart', async () => {
    const grid = tileGrid(10, 0, sampleCount)
    const tile = await spectrogramTile(grid, sourceOf(256), signal)
    const column = 9 // samples 9216 to 10240: eight frames of 256, about its centre
    const first = 9216 + 512 - (256 + 7 * 128) / 2
    const mean = new Float64Array(129)
    for (let i = 0; i < 8; i++)
      for (const [row, value] of densityAt(first + i * 128, 256).entries()) mean[row] += value / 8
    const values = mean.map((_, row) => tile.values[row * tile.columns + column])
    expectArraysClose(
      values,
      mean.map((value) => 10 * Math.log10(value)),
      0.01,
    )
  })

  it('of white noise of variance 1 reads 1 / (half the rate) at every level and length', async () => {
    const random = createRandom('white')
    const white = Float32Array.from({ length: 400_000 }, () => random.normal())
    for (const fftLength of [128, 512, 2048, 4096]) {
      for (const level of [0, 4, 8, 12, 14]) {
        const tile = await spectrogramTile(tileGrid(level, 0, white.length), sourceOf(fftLength, white), signal)
        let [sum, count] = [0, 0]
        for (let row = 2; row < tile.rows - 2; row++) {
          for (let column = 0; column < tile.columns; column++) {
            sum += 10 ** (tile.values[row * tile.columns + column] / 10)
            count += 1
          }
        }
        // level 0 of a long frame sees some 4400 samples again and again: few independent values
        expect(10 * Math.log10(sum / count / (1 / 6000))).toBeLessThan(0.6)
        expect(10 * Math.log10(sum / count / (1 / 6000))).toBeGreaterThan(-0.6)
      }
    }
  })

  it('says which frequencies its rows span: row r lies about r · rate / fftLength', async () => {
    const sine = Float32Array.from({ length: 20_000 }, (_, n) => Math.sin((2 * Math.PI * 1500 * n) / 12_000))
    const tile = await spectrogramTile(tileGrid(6, 0, sine.length), sourceOf(512, sine), signal)
    expect([tile.rows, tile.lowHz, tile.highHz]).toEqual([257, -12_000 / 1024, 6000 + 12_000 / 1024])
    let peak = 0
    for (let row = 0; row < tile.rows; row++) {
      if (tile.values[row * tile.columns + 50] > tile.values[peak * tile.columns + 50]) peak = row
    }
    expect(peak).toBe(1500 / (12_000 / 512))
  })

  it('leaves out frames that touch a gap; a column without any other is NaN', async () => {
    const tile = await spectrogramTile(tileGrid(9, 0, sampleCount), sourceOf(256), signal)
    const inGap = Math.floor(44_000 / 512)
    const before = Math.floor(39_000 / 512)
    expect(Number.isNaN(tile.values[10 * tile.columns + inGap])).toBe(true)
    expect(Number.isNaN(tile.values[10 * tile.columns + before])).toBe(false)
    const long = await spectrogramTile(tileGrid(14, 0, sampleCount), sourceOf(256), signal)
    expect(Number.isFinite(long.values[10 * long.columns + 2])).toBe(true) // begins in the gap's column and goes on
  })

  it('of fewer samples than a frame is NaN throughout; of one frame it is that frame', async () => {
    const short = await spectrogramTile(tileGrid(0, 0, 100), sourceOf(128, samples.slice(0, 100)), signal)
    expect([short.rows, short.columns, short.values.every(Number.isNaN)]).toEqual([65, 100, true])
    const one = await spectrogramTile(tileGrid(5, 0, 128), sourceOf(128, samples.slice(0, 128)), signal)
    expect(one.values[0]).toBeCloseTo(one.values[1], 6)
  })

  it('is finite for silence', async () => {
    const tile = await spectrogramTile(tileGrid(5, 0, 5000), sourceOf(256, new Float32Array(5000)), signal)
    expect(tile.values.every(Number.isFinite)).toBe(true)
  })

  it('stops when nobody wants it any more', async () => {
    const controller = new AbortController()
    controller.abort()
    await expect(spectrogramTile(tileGrid(4, 0, sampleCount), sourceOf(256), controller.signal)).rejects.toThrow(
      /abort/i,
    )
  })
})

describe('evidence tiles', () => {
  const axis = {
    startSample: 0,
    stepSamples: 8,
    receptiveFieldSamples: 134,
    modelRateHz: 12_000,
    channelRateHz: 25_600,
  }
  const stepCount = 5000
  const random = createRandom('evidence')
  const healthy = Float32Array.from({ length: stepCount }, () => random.normal())
  const fault = Float32Array.from({ length: stepCount }, () => random.normal())
  const map = new StepMap(stepCount, 1, Infinity)
  const isMeasured = new Uint8Array(stepCount).fill(1).fill(0, 1000, 1200)
  map.keep(0, { stepCount, bins: 1, healthy, fault }, isMeasured)
  map.finish()
  const source = { map, axis, lowHz: null, highHz: null }
  const ofChannel = Math.ceil(((stepCount * 8 + 126) * 25_600) / 12_000)

  it('draws each step about the centre of its receptive field, one step wide', () => {
    const centre = (100 * 8 + 134 / 2) * (25_600 / 12_000) // samples of the channel
    expect(stepAt(axis, centre)).toBeCloseTo(100.5, 9)
    const tile = evidenceTile(tileGrid(0, Math.floor(centre / 256), ofChannel), source, 'difference')
    expect(tile.values[Math.floor(centre) % 256]).toBeCloseTo(fault[100] - healthy[100], 6)
  })

  it('is the mean of the steps in each column, at every level', () => {
    for (let level = 0; level <= 16; level++) {
      const count = Math.ceil(ofChannel / (256 * 2 ** level))
      for (let index = 0; index < count; index++) {
        const grid = tileGrid(level, index, ofChannel)
        const tile = evidenceTile(grid, source, 'fault')
        const direct = Float32Array.from({ length: grid.columns }, (_, column) => {
          const from = stepAt(axis, grid.start + column * grid.columnSamples)
          const to = stepAt(axis, Math.min(grid.end, grid.start + (column + 1) * grid.columnSamples))
          let [sum, weight] = [0, 0]
          for (let step = Math.max(0, Math.floor(from)); step < Math.min(stepCount, to); step++) {
            const share = Math.min(to, step + 1) - Math.max(from, step)
            if (isMeasured[step] === 0 || share <= 0) continue
            sum += share * fault[step]
            weight += share
          }
          return weight < 1e-6 * (to - from) ? Number.NaN : sum / weight
        })
        // rounding of the edges shifts what little of a step a column begins or ends in
        expectArraysClose(tile.values, direct, 1e-4)
      }
    }
  })

  it('is NaN before the first and behind the last step', () => {
    const tile = evidenceTile(tileGrid(0, 0, ofChannel), source, 'difference')
    const firstSample = Math.floor(((134 - 8) / 2) * (25_600 / 12_000)) // 134.4
    expect(Number.isNaN(tile.values[firstSample - 1])).toBe(true)
    expect(Number.isNaN(tile.values[firstSample])).toBe(false)
  })
})
