import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { selectBackend } from '../../../src/engine/inference/backend'
import { loadNetwork } from '../../../src/engine/inference/network'
import { checkModel, selfCheckTolerance } from '../../../src/engine/models/check-model'
import { findModel, listModels, readCard } from '../../../src/engine/models/registry'
import type { ModelCard } from '../../../src/shared/model-card'
import { createRandom } from '../../../src/shared/random'
import { tinyCard, writeTinyModel } from '../../builders/tiny-model'
import { availableBackends } from '../../helpers/backends'

const noFrames = () => new Float32Array(0)
let root = ''
let folder = ''
let card: ModelCard

async function writeCard(to: string, content: unknown): Promise<void> {
  await mkdir(to, { recursive: true })
  await writeFile(join(to, 'card.json'), typeof content === 'string' ? content : JSON.stringify(content))
}

beforeAll(async () => {
  await selectBackend('cpu')
  root = await mkdtemp(join(tmpdir(), 'vibralens-models-'))
  folder = join(root, 'good')
  const made = await writeTinyModel(folder, '1d')
  const network = await loadNetwork(folder, made)
  const random = createRandom('stored')
  const samples = Float32Array.from({ length: 1000 }, () => random.normal())
  const scores = [...(await network.runSegments(samples, 1))]
  network.dispose()
  const text = JSON.stringify({ schema: 'vibralens.self-check/1', seed: 'stored', sampleCount: 1000, scores })
  await writeFile(join(folder, 'selfcheck.json'), text)
  card = { ...made, sha256: { ...made.sha256, 'selfcheck.json': createHash('sha256').update(text).digest('hex') } }
  await writeCard(folder, card)
  await writeCard(join(root, 'nonsense'), '{"schema": ')
  await writeCard(join(root, 'old'), { ...tinyCard('1d', {}), chunkSteps: 0 })
})

afterAll(() => rm(root, { recursive: true }))

describe('the registry', () => {
  it('lists the models that can be used, and says what is wrong with the others', async () => {
    const { models, problems } = await listModels([root, join(root, 'absent')])
    expect(models.map((model) => model.card.id)).toEqual(['tiny-1d'])
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/nonsense\/card\.json is not JSON\.$/),
      expect.stringMatching(/old\/card\.json is not valid at "chunkSteps": .+\.$/),
    ])
  })

  it('finds a model by its id, the first root winning, and names those there are', async () => {
    expect((await findModel([folder, root], 'tiny-1d')).folder).toBe(folder)
    await expect(findModel([root], 'other')).rejects.toMatchObject({
      code: 'model-mismatch',
      message: expect.stringMatching(/^There is no model "other"; installed: tiny-1d\./),
    })
  })

  it('says when there is no card', async () => {
    await expect(readCard(join(root, 'absent'))).rejects.toMatchObject({ code: 'unreadable-file' })
  })
})

describe('the check of a model', () => {
  it('runs its self-test on every backend that works here', async () => {
    const check = await checkModel(folder, noFrames)
    expect(check).toMatchObject({ id: 'tiny-1d', isValid: true, problems: [] })
    expect(Object.keys(check.selfTest).sort()).toEqual([...availableBackends].sort())
    for (const difference of Object.values(check.selfTest)) expect(difference).toBeLessThanOrEqual(selfCheckTolerance)
  })

  const damaged: [string, (to: string) => Promise<void>, RegExp][] = [
    ['a changed weight', (to) => flip(join(to, 'weights.bin')), /weights\.bin does not have the SHA-256/],
    ['a missing file', (to) => rm(join(to, 'selfcheck.json')), /names the file selfcheck\.json, which is not in/],
    [
      'a wrong geometry',
      (to) => writeCard(to, { ...card, totalStrideSamples: 4 }),
      /total stride in samples 8; its card says 4/,
    ],
    ['another answer', (to) => rewriteSelfCheck(to, [9, 9]), /self-test differs by/],
    [
      'a malformed self-test',
      (to) => rewriteSelfCheck(to, []),
      /selfcheck\.json of model "tiny-1d" is not a valid self-test/,
    ],
    [
      'a path for a file name',
      (to) => writeCard(to, { ...card, sha256: { ...card.sha256, '../x': '' } }),
      /not a plain file name/,
    ],
    ['no card', (to) => rm(join(to, 'card.json')), /no readable model card/],
  ]
  it.each(damaged)('refuses %s in one sentence', async (_, damage, sentence) => {
    const copy = await mkdtemp(join(tmpdir(), 'vibralens-damaged-'))
    for (const name of ['card.json', 'model.json', 'weights.bin', 'selfcheck.json']) {
      await writeFile(join(copy, name), await readFile(join(folder, name)))
    }
    await damage(copy)
    const { isValid, problems } = await checkModel(copy, noFrames)
    await rm(copy, { recursive: true })
    expect(isValid).toBe(false)
    expect(problems[0]).toMatch(sentence)
  })
})

async function flip(path: string): Promise<void> {
  const bytes = await readFile(path)
  bytes[7] ^= 1
  await writeFile(path, bytes)
}

async function rewriteSelfCheck(to: string, scores: number[]): Promise<void> {
  const text = JSON.stringify({ schema: 'vibralens.self-check/1', seed: 'stored', sampleCount: 1000, scores })
  await writeFile(join(to, 'selfcheck.json'), text)
  const sha256 = { ...card.sha256, 'selfcheck.json': createHash('sha256').update(text).digest('hex') }
  await writeCard(to, { ...card, sha256 })
}
