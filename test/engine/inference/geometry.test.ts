import { layers, model } from '@tensorflow/tfjs-layers'
import type { SymbolicTensor } from '@tensorflow/tfjs-layers'
import { beforeAll, describe, expect, it } from 'vitest'
import { selectBackend } from '../../../src/engine/inference/backend'
import { inputLengthOf, readGeometry, stepCountOf } from '../../../src/engine/inference/geometry'
import { CropToMatch } from '../../../src/engine/inference/layers/crop-to-match'
import { PointwisePower, powerModes } from '../../../src/engine/inference/layers/pointwise-power'
import { tinyCamLayer, tinyNetwork1d, tinyNetwork2d } from '../../builders/tiny-model'

interface Apply {
  apply(input: SymbolicTensor): unknown
}

beforeAll(() => selectBackend('cpu'))

/** A chain of layers on a waveform, then the head; what geometry says of it. */
function geometryOf(chain: readonly Apply[], head: { pooling?: Apply; dense?: Apply; length?: number | null } = {}) {
  const input = layers.input({ shape: [head.length ?? null, 1], name: 'in' })
  const map = chain.reduce((tensor, layer) => layer.apply(tensor) as SymbolicTensor, input)
  const pooled = (head.pooling ?? layers.globalAveragePooling1d({ name: 'gap' })).apply(map) as SymbolicTensor
  const scores = (head.dense ?? layers.dense({ units: 2, name: 'scores' })).apply(pooled)
  const made = model({ inputs: input, outputs: scores as SymbolicTensor })
  const topology: unknown = JSON.parse(JSON.stringify(made.toJSON(undefined, false)))
  made.dispose()
  return readGeometry(topology, 'map')
}

const conv = (settings: object) => layers.conv1d({ filters: 2, kernelSize: 5, name: 'map', ...settings })

describe('geometry from the topology', () => {
  it('of the tiny networks', () => {
    const one = tinyNetwork1d(1)
    const two = tinyNetwork2d()
    expect(readGeometry(one.toJSON(undefined, false), tinyCamLayer)).toEqual({
      kind: '1d',
      inputCount: 1,
      inputBins: 1,
      receptiveField: 44,
      totalStride: 8,
      outputBins: 1,
      binStride: 1,
      binField: 1,
      featureCount: 6,
    })
    expect(readGeometry(two.toJSON(undefined, false), tinyCamLayer)).toEqual({
      kind: '2d',
      inputCount: 1,
      inputBins: 12,
      receptiveField: 10,
      totalStride: 2,
      outputBins: 4,
      binStride: 2,
      binField: 6,
      featureCount: 5,
    })
    one.dispose()
    two.dispose()
  })

  it.each([
    ['stride and dilation', [conv({ name: 'a', strides: 2 }), conv({ dilationRate: 3 })], 5 + 4 * 3 * 2, 2],
    ['pooling', [conv({ name: 'a' }), layers.averagePooling1d({ poolSize: 4, strides: 4, name: 'map' })], 8, 4],
  ] as const)('%s', (_, chain, field, stride) => {
    const geometry = geometryOf(chain)
    expect([geometry.receptiveField, geometry.totalStride]).toEqual([field, stride])
    expect(stepCountOf(geometry, field - 1)).toBe(0)
    expect(stepCountOf(geometry, inputLengthOf(geometry, 7))).toBe(7)
    expect(stepCountOf(geometry, inputLengthOf(geometry, 7) + stride - 1)).toBe(7)
  })

  const refused: [string, () => unknown, RegExp][] = [
    ['padding', () => geometryOf([conv({ padding: 'same' })]), /pads layer "map" \('same'\)/],
    [
      'overlapping pooling',
      () => geometryOf([layers.maxPooling1d({ poolSize: 3, strides: 2, name: 'map' })]),
      /size \[3\] and stride \[2\]/,
    ],
    ['an unknown layer', () => geometryOf([layers.masking({ name: 'map' })]), /of type Masking, which one pass/],
    ['a fixed length', () => geometryOf([conv({})], { length: 64 }), /fixed input length of 64 steps/],
    [
      'a softmax head',
      () => geometryOf([conv({})], { dense: layers.dense({ units: 2, activation: 'softmax', name: 'scores' }) }),
      /two linear outputs/,
    ],
    [
      'one output',
      () => geometryOf([conv({})], { dense: layers.dense({ units: 1, name: 'scores' }) }),
      /two linear outputs/,
    ],
    [
      'max pooling before the head',
      () => geometryOf([conv({})], { pooling: layers.globalMaxPooling1d({ name: 'gap' }) }),
      /global average pooling was expected/,
    ],
    ['another map layer', () => geometryOf([conv({ name: 'other' })]), /pools layer "other"; its card names "map"/],
    ['no model at all', () => readGeometry({ class_name: 'Sequential' }, 'map'), /not a functional tfjs-layers model/],
    ['nothing', () => readGeometry(undefined, 'map'), /not a functional tfjs-layers model/],
  ]
  it.each(refused)('refuses %s', (_, work, sentence) => {
    expect(work).toThrow(
      expect.objectContaining({
        name: 'AnalyzerError',
        code: 'model-mismatch',
        message: expect.stringMatching(sentence),
      }),
    )
  })

  it('refuses branches of different lengths, and a crop beyond its reference', () => {
    const branches = (start: number, firstSize: number) => {
      const input = layers.input({ shape: [null, 1], name: 'in' })
      const a = conv({ name: 'a', kernelSize: firstSize }).apply(input) as SymbolicTensor
      const b = conv({ name: 'b', kernelSize: 9 }).apply(input) as SymbolicTensor
      const cropped =
        start < 0
          ? a
          : (new CropToMatch({ name: 'crop', startSteps: start, startBins: 0 }).apply([a, b]) as SymbolicTensor)
      const map = layers.concatenate({ name: 'map' }).apply([cropped, b])
      const pooled = layers.globalAveragePooling1d({ name: 'gap' }).apply(map)
      const made = model({
        inputs: input,
        outputs: layers.dense({ units: 2, name: 'scores' }).apply(pooled) as SymbolicTensor,
      })
      const topology: unknown = made.toJSON(undefined, false)
      made.dispose()
      return readGeometry(topology, 'map')
    }
    expect(branches(2, 5).receptiveField).toBe(9)
    expect(() => branches(-1, 5)).toThrow(/different lengths in layer "map"; CropToMatch was expected/)
    expect(() => branches(5, 5)).toThrow(/crops a branch beyond the end/)
  })
})

describe('layers of our own', () => {
  it('refuse settings that make no sense', () => {
    expect(powerModes).toContain('log1p')
    expect(() => new PointwisePower({ mode: 'power', scale: Number.NaN })).toThrow(/must be finite/)
    expect(() => new PointwisePower({ mode: 'log', scale: 1, epsilon: -1 })).toThrow(/ε ≥ 0/)
    expect(() => new CropToMatch({ startSteps: 0.5, startBins: 0 })).toThrow(/whole number/)
  })
})
