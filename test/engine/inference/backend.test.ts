import { getBackend } from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { selectBackend } from '../../../src/engine/inference/backend'
import { cureNodeUtil } from '../../../src/engine/inference/node-compat'
import { availableBackends, hasTensorflow } from '../../helpers/backends'
import { expectNoTensorLeak } from '../../helpers/expect-no-tensor-leak'

describe('the backend', () => {
  it.each(availableBackends)('%s is current, checked and leaves no tensor when it is asked for', async (name) => {
    await selectBackend(name)
    const { name: chosen, skipped } = await expectNoTensorLeak(() => selectBackend(name))
    expect([chosen, getBackend(), skipped]).toEqual([name, name, []])
  })

  it('is the best that there is when none is asked for', async () => {
    const { name, skipped } = await selectBackend(undefined)
    expect(name).toBe(availableBackends[0])
    expect(skipped.map((other) => other.name)).toEqual(hasTensorflow() ? [] : ['tensorflow'])
  })

  it.skipIf(hasTensorflow())('says in a sentence that tensorflow is not installed', async () => {
    await expect(selectBackend('tensorflow')).rejects.toMatchObject({
      code: 'backend-unavailable',
      message: expect.stringMatching(/"tensorflow" is not available here .*@tensorflow\/tfjs-node is not installed/),
    })
  })

  it('leaves the handling of uncaught errors to the program', async () => {
    const before = process.listenerCount('unhandledRejection') + process.listenerCount('uncaughtException')
    await selectBackend('wasm')
    expect(process.listenerCount('unhandledRejection') + process.listenerCount('uncaughtException')).toBe(before)
  })
})

describe('the cure for Node 23 and later', () => {
  it('gives back what tfjs-node calls, and touches nothing that is there', () => {
    const util: Record<string, (value: unknown) => boolean> = {}
    cureNodeUtil(util)
    expect([undefined, null, 0, ''].map((value) => util.isNullOrUndefined(value))).toEqual([true, true, false, false])
    expect([[], {}].map((value) => util.isArray(value))).toEqual([true, false])
    const own = { isNullOrUndefined: () => true, isArray: () => false }
    const kept = { ...own }
    cureNodeUtil(own)
    expect(own).toEqual(kept)
  })
})
