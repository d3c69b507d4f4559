import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadKernels } from '../../../src/engine/dsp/kernels/load-kernels'
import { createSpectrogramMaker } from '../../../src/engine/dsp/spectrogram'
import { quietJob } from '../../../src/engine/jobs/job-context'
import { cardSchema } from '../../../src/shared/model-card'
import { checkModel } from '../../../src/engine/models/check-model'
import { evaluateModel } from '../../../src/engine/training/evaluate-model'
import { drawMachine } from '../../../src/engine/training/synthetic/draw-machine'
import { makeRecording } from '../../../src/engine/training/synthetic/machine'
import { trainModel } from '../../../src/engine/training/train'
import { writeWav } from '../../../src/engine/training/wav-writer'
import { createRandom } from '../../../src/shared/random'

/** Three made rigs of 8 recordings of 0.5 s; each bearing of rig "life" is healthy first and faulty later. */
let folder = ''
let manifest = ''
const { power: powerFrames } = createSpectrogramMaker(loadKernels())

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vibralens-train-'))
  const rows = ['path,machine,bearing,operating_point,label,bearing_fault,other_fault,sample_rate_hz']
  for (const machine of ['one', 'two', 'life']) {
    for (let i = 0; i < 8; i++) {
      const label = i % 2 === 0 ? 1 : -1
      const random = createRandom(`${machine} ${i}`)
      const drawn = drawMachine({ sampleRateHz: 12_000, sampleCount: 6000, isFaulty: label === 1 }, random)
      const fault = drawn.fault && { ...drawn.fault, snrDb: 8, kind: 'outer' as const }
      const { samples } = makeRecording({ ...drawn, fault, knocks: { perSecond: 0, height: 0 } }, random)
      const name = `${machine}-${i}.wav`
      await writeFile(join(folder, name), writeWav(samples, { sampleRateHz: 12_000, description: 'test' }))
      const bearing = machine === 'life' ? `b${i >> 1}` : label === 1 ? 'outer' : 'good'
      rows.push(`${name},${machine},${bearing},,${label},${label === 1 ? 'outer' : 'none'},none,`)
    }
  }
  manifest = join(folder, 'manifest.csv')
  await writeFile(manifest, `${rows.join('\n')}\n`)
})

afterAll(() => rm(folder, { recursive: true, force: true }))

function request(kind: '1d' | '2d', out: string) {
  const shared = { seed: 3, backend: 'wasm', holdOut: undefined, powerFrames } as const
  return { ...shared, manifest, kind, out: join(folder, out), cacheFolder: join(folder, 'cache') }
}

describe.each(['1d', '2d'] as const)('training the %s design', (kind) => {
  it('makes a model folder that passes its own check, and its card holds the figures', async () => {
    const { card, lines } = await trainModel(request(kind, `${kind}-first`), quietJob)
    const stored: unknown = JSON.parse(await readFile(join(folder, `${kind}-first`, 'card.json'), 'utf8'))
    expect(cardSchema.parse(stored)).toEqual(card)
    expect(card.evaluation.folds.map((fold) => fold.name)).toEqual([
      'machine one',
      'machine two',
      'machine life',
      ...[0, 1, 2, 3].map((i) => `bearing life b${i}`),
    ])
    expect(card.trainedOn.recordingCount).toBe(24)
    expect(card.thresholds.healthy).toBeLessThanOrEqual(card.thresholds.fault)
    expect(lines.join('\n')).toContain('machine two')
    const check = await checkModel(join(folder, `${kind}-first`), powerFrames)
    expect(check.problems).toEqual([])
    expect(check.selfTest.wasm).toBeLessThan(1e-5)
  })

  it('gives the same bytes for the same seed', async () => {
    await trainModel(request(kind, `${kind}-second`), quietJob)
    for (const name of ['weights.bin', 'model.json', 'card.json', 'selfcheck.json', 'trained-on.json']) {
      const [first, second] = await Promise.all(
        ['first', 'second'].map((run) => readFile(join(folder, `${kind}-${run}`, name))),
      )
      expect(second.equals(first), name).toBe(true)
    }
  })

  it('evaluating it reproduces the card and says what was seen in training', async () => {
    const out = join(folder, `${kind}-first`)
    const card = cardSchema.parse(JSON.parse(await readFile(join(out, 'card.json'), 'utf8')))
    const shared = { backend: 'wasm', cacheFolder: join(folder, 'cache'), powerFrames } as const
    const { report, lines } = await evaluateModel({ manifest, card, folder: out, ...shared }, quietJob)
    expect(report.folds).toEqual(card.evaluation.folds)
    expect(report.seenShare).toBe(1)
    expect(report.shipped.every((fold) => fold.name.startsWith('seen'))).toBe(true)
    expect(lines.join('\n')).toContain('prove nothing')
  })
})

it('a machine held out is in neither the training nor the list of what was seen', async () => {
  const { card } = await trainModel({ ...request('1d', 'held'), holdOut: 'two' }, quietJob)
  expect(card.trainedOn.machines).toEqual(['one', 'life'])
  const shared = { backend: 'wasm', cacheFolder: join(folder, 'cache'), powerFrames } as const
  const { report } = await evaluateModel({ manifest, card, folder: join(folder, 'held'), ...shared }, quietJob)
  expect(report.shipped.map((fold) => fold.name).sort()).toEqual(['seen life', 'seen one', 'unseen two'])
})

it('a machine that the manifest does not have cannot be held out', async () => {
  await expect(trainModel({ ...request('1d', 'none'), holdOut: 'three' }, quietJob)).rejects.toMatchObject({
    code: 'bad-request',
  })
})
