import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { selectBackend } from '../../../src/engine/inference/backend'
import { loadNetwork } from '../../../src/engine/inference/network'
import { inputLengthOf } from '../../../src/engine/inference/geometry'
import type { ModelCard } from '../../../src/shared/model-card'
import { createRandom } from '../../../src/shared/random'
import { writeTinyModel } from '../../builders/tiny-model'
import { availableBackends, hasTensorflow } from '../../helpers/backends'
import { expectArraysClose } from '../../helpers/expect-arrays-close'
import { expectNoTensorLeak } from '../../helpers/expect-no-tensor-leak'

const kinds = ['1d', '2d'] as const
const folders: Partial<Record<string, string>> = {}
const cards: Partial<Record<string, ModelCard>> = {}

function modelOf(kind: '1d' | '2d'): { folder: string; card: ModelCard } {
  const [folder, card] = [folders[kind], cards[kind]]
  if (folder === undefined || card === undefined) throw new Error('not built')
  return { folder, card }
}

beforeAll(async () => {
  await selectBackend('cpu')
  for (const kind of kinds) {
    folders[kind] = await mkdtemp(join(tmpdir(), 'vibralens-network-'))
    cards[kind] = await writeTinyModel(folders[kind], kind)
  }
})

afterAll(async () => {
  for (const folder of Object.values(folders)) if (folder) await rm(folder, { recursive: true })
})

function noise(length: number, seed: string): Float32Array {
  const random = createRandom(seed)
  return Float32Array.from({ length }, () => random.normal())
}

describe.each(kinds)('a %s network', (kind) => {
  it('has the receptive field and the stride that its maps show', async () => {
    await selectBackend('cpu')
    const { folder, card } = modelOf(kind)
    const network = await loadNetwork(folder, card)
    const { receptiveField, totalStride, inputBins } = network.geometry
    const length = inputLengthOf(network.geometry, 6)
    const input = noise(length * inputBins, 'field')
    const before = (await network.runEvidence(input, length)).fault
    const touched = new Set<number>()
    for (let step = 0; step < length; step++) {
      const changed = Float32Array.from(input)
      for (let bin = 0; bin < inputBins; bin++) changed[step * inputBins + bin] += 10
      const after = (await network.runEvidence(changed, length)).fault
      const width = network.geometry.outputBins
      for (let j = 0; j < 6; j++) {
        const isChanged = Array.from({ length: width }, (_, r) => after[j * width + r] !== before[j * width + r]).some(
          Boolean,
        )
        const isInside = step >= j * totalStride && step < j * totalStride + receptiveField
        if (isChanged) expect(isInside, `output ${j} sees input ${step}`).toBe(true)
        if (isChanged && (step === j * totalStride || step === j * totalStride + receptiveField - 1)) touched.add(j)
      }
    }
    network.dispose()
    expect(touched.size).toBe(6)
  })

  it.each(availableBackends)('gives the confidence scores as mean of CAM + b on %s', async (backend) => {
    await selectBackend(backend)
    const { folder, card } = modelOf(kind)
    await expectNoTensorLeak(async () => {
      const network = await loadNetwork(folder, card)
      const length = inputLengthOf(network.geometry, 25)
      const input = noise(length * network.geometry.inputBins, 'scores')
      const scores = await network.runSegments(input, 1)
      const maps = await network.runEvidence(input, length)
      const { features, featureCount } = await network.runTrunk(input, length)
      expect(maps.stepCount).toBe(25)
      const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length
      expectArraysClose([mean(maps.healthy), mean(maps.fault)], scores, 1e-5)
      const positions = features.length / featureCount
      const byHand = [0, 1].map((n) => {
        let sum = 0
        for (let i = 0; i < features.length; i++) sum += features[i] * network.weights[n][i % featureCount]
        return sum / positions + network.bias[n]
      })
      expectArraysClose(byHand, scores, 1e-5)
      network.dispose()
      network.dispose()
    })
  })

  it('gives the same scores on every backend', async () => {
    const { folder, card } = modelOf(kind)
    const results: Float32Array[] = []
    for (const backend of availableBackends) {
      await selectBackend(backend)
      const network = await loadNetwork(folder, card)
      const length = inputLengthOf(network.geometry, 40)
      results.push(await network.runSegments(noise(3 * length * network.geometry.inputBins, 'parity'), 3))
      network.dispose()
    }
    for (const result of results) expectArraysClose(result, results[0], 1e-4)
    expect(results[0].some((score) => Math.abs(score) > 0.01)).toBe(true)
  })

  it('gives nothing for an input shorter than its receptive field', async () => {
    await selectBackend('cpu')
    const { folder, card } = modelOf(kind)
    const network = await loadNetwork(folder, card)
    const length = network.geometry.receptiveField - 1
    const maps = await network.runEvidence(noise(length * network.geometry.inputBins, 'short'), length)
    network.dispose()
    expect(maps.stepCount).toBe(0)
    expect(maps.fault.length).toBe(0)
  })
})

it.skipIf(hasTensorflow())('tensorflow parity SKIPPED: run scripts/build-tensorflow-addon.mjs', () => undefined)

describe('a model that is not what its card says', () => {
  const cases: [string, (card: ModelCard) => ModelCard, RegExp][] = [
    [
      'hash',
      (card) => ({ ...card, sha256: { ...card.sha256, 'weights.bin': 'f'.repeat(64) } }),
      /weights\.bin has SHA-256/,
    ],
    ['no hash', (card) => ({ ...card, sha256: {} }), /gives no SHA-256 for model\.json/],
    [
      'receptive field',
      (card) => ({ ...card, receptiveFieldSamples: 45 }),
      /receptive field in samples 44; its card says 45/,
    ],
    ['stride', (card) => ({ ...card, totalStrideSamples: 16 }), /total stride in samples 8; its card says 16/],
    ['kind', (card) => ({ ...card, kind: '2d' }), /has kind 1d; its card says 2d/],
    ['map layer', (card) => ({ ...card, camLayer: 'mix' }), /names "mix" as the layer of the map/],
  ]
  it.each(cases)('is refused: %s', async (_, change, sentence) => {
    const { folder, card } = modelOf('1d')
    await expectNoTensorLeak(async () => {
      const error: unknown = await loadNetwork(folder, change(card)).catch((reason: unknown) => reason)
      expect(error).toMatchObject({
        name: 'AnalyzerError',
        code: 'model-mismatch',
        message: expect.stringMatching(sentence),
      })
    })
  })

  it('is refused when the weights are cut short, even with a hash to match', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vibralens-cut-'))
    const card = await writeTinyModel(folder, '1d')
    const whole = await readFile(join(folder, 'weights.bin'))
    await writeFile(join(folder, 'weights.bin'), whole.subarray(0, 100))
    const { createHash } = await import('node:crypto')
    const hash = createHash('sha256').update(whole.subarray(0, 100)).digest('hex')
    await expect(loadNetwork(folder, { ...card, sha256: { ...card.sha256, 'weights.bin': hash } })).rejects.toThrow(
      /weights hold 100 bytes; model\.json names \d+/,
    )
    await rm(join(folder, 'weights.bin'))
    await expect(loadNetwork(folder, card)).rejects.toMatchObject({ code: 'unreadable-file' })
    await rm(folder, { recursive: true })
  })
})
