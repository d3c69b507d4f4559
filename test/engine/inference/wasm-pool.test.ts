import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AdaptiveRunner } from '../../../src/engine/inference/adaptive-runner'
import { selectBackend } from '../../../src/engine/inference/backend'
import { inputLengthOf } from '../../../src/engine/inference/geometry'
import { loadNetwork } from '../../../src/engine/inference/network'
import { WasmPool } from '../../../src/engine/inference/wasm-pool'
import type { AnalyzerError } from '../../../src/shared/errors'
import type { ModelCard } from '../../../src/shared/model-card'
import { createRandom } from '../../../src/shared/random'
import { writeTinyModel } from '../../builders/tiny-model'

let folder = ''
let card: ModelCard

beforeAll(async () => {
  await selectBackend('wasm')
  folder = await mkdtemp(join(tmpdir(), 'vibralens-pool-'))
  card = await writeTinyModel(folder, '1d')
})

afterAll(() => rm(folder, { recursive: true }))

describe('the worker threads', () => {
  it('give the same numbers as the calling thread, in whatever order chunks end, and are gone after dispose', async () => {
    const network = await loadNetwork(folder, card)
    const pool = await WasmPool.start({ folder, card }, 2)
    const random = createRandom('pool')
    const inputs = [40, 3, 200, 1, 77].map((steps) =>
      Float32Array.from({ length: inputLengthOf(network.geometry, steps) }, () => random.normal()),
    )
    const there = await Promise.all(inputs.map((input) => pool.run(input, input.length)))
    for (const [i, input] of inputs.entries()) expect(there[i]).toEqual(await network.runEvidence(input, input.length))
    const codeOf = (error: unknown) => (error as AnalyzerError).code
    const last = pool.run(inputs[2], inputs[2].length).then(() => 'finished', codeOf)
    await pool.dispose()
    expect(['finished', 'cancelled']).toContain(await last) // settled either way
    expect(await pool.run(inputs[0], inputs[0].length).then(() => 'finished', codeOf)).toBe('cancelled')
    network.dispose()
  })
})

describe('the adaptive runner', () => {
  it('hands over to workers when much work remains, with the same numbers', async () => {
    const network = await loadNetwork(folder, card)
    const runner = new AdaptiveRunner(network, { folder, card }, 2)
    const input = new Float32Array(inputLengthOf(network.geometry, 50)).fill(0.5)
    const here = await network.runEvidence(input, input.length)
    runner.expect(1e9)
    const deadline = Date.now() + 20_000
    while (runner.concurrency === 1 && Date.now() < deadline) {
      expect(await runner.run(input, input.length)).toEqual(here)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    expect(runner.concurrency).toBe(3) // one chunk is read while each worker has one
    expect(await runner.run(input, input.length)).toEqual(here)
    await runner.dispose()
    network.dispose()
    expect(runner.notices).toEqual([])
  })

  it('stays on the calling thread, and says so, when workers cannot start', async () => {
    const network = await loadNetwork(folder, card)
    const runner = new AdaptiveRunner(network, { folder: join(folder, 'absent'), card }, 2)
    const input = new Float32Array(inputLengthOf(network.geometry, 5)).fill(0.5)
    runner.expect(1e9)
    const before = await runner.run(input, input.length)
    await runner.dispose()
    expect(await runner.run(input, input.length)).toEqual(before)
    expect(runner.concurrency).toBe(1)
    expect(runner.notices).toMatchObject([
      { code: 'workers-unavailable', message: expect.stringMatching(/lacks the file model\.json/) },
    ])
    network.dispose()
  })
})
