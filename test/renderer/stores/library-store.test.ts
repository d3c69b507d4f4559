// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest'
import { useLibraryStore } from '../../../src/renderer/stores/use-library-store'
import { failure } from '../../../src/shared/contract/reply'
import { fakeServices, installStores } from '../../helpers/fake-services'

const file = (name: string) => ({ handle: `handle-${name}`, name, bytes: 10 })
const opened = { recordingId: 'r1', summary: { channels: [{ sampleRateHz: 1000, sampleCount: 5 }] } }

describe('the library', () => {
  const { services, asked } = fakeServices({
    'recording.open': ({ file: handle }: { file: string }) =>
      handle === 'handle-bad' ? failure('unreadable-file', 'It is empty.') : opened,
    'recording.close': () => ({}),
  })
  beforeEach(() => {
    asked.length = 0
    installStores(services)
  })

  it('keeps a file that fails, with its reason, and opens the others', async () => {
    const library = useLibraryStore()
    await library.open([file('bad'), file('good')])
    expect(library.entries.map(({ state }) => state.kind)).toEqual(['failed', 'ready'])
    expect(library.entries[0].state).toEqual({ kind: 'failed', message: 'It is empty.' })
    expect(library.active?.name).toBe('bad')
  })

  it('closes in the engine what it removes, and activates the neighbour', async () => {
    const library = useLibraryStore()
    const [first, second] = await library.open([file('a'), file('b')])
    await library.remove(first)
    expect(asked.at(-1)).toEqual({ name: 'recording.close', input: { recordingId: 'r1' } })
    expect(library.activeId).toBe(second)
  })
})
