import type { CliIo } from '../../src/cli/io'
import { createEngineOf } from '../../src/engine/index'
import type { EngineParts } from '../../src/engine/engine-parts'
import { EngineClient } from '../../src/shared/contract/engine-client'
import { fakeParts } from '../builders/fake-parts'

export interface FakeIo extends CliIo {
  readonly written: { out: string; err: string }
  readonly controller: AbortController
  isEngineStarted: boolean
}

/** The command line's world in memory, with an engine of the given parts. */
export function fakeIo(
  parts: Partial<EngineParts>,
  world: { readonly folder: string; readonly isTerminal: boolean },
): FakeIo {
  const written = { out: '', err: '' }
  const controller = new AbortController()
  const engine = createEngineOf(fakeParts(parts))
  let clock = 0
  const io: FakeIo = {
    written,
    controller,
    isEngineStarted: false,
    out: (text) => void (written.out += text),
    err: (text) => void (written.err += text),
    isErrTerminal: world.isTerminal,
    errColumns: 80,
    signal: controller.signal,
    workingFolder: world.folder,
    now: () => (clock += 60),
    programVersion: async () => '9.9.9',
    engine: async () => {
      io.isEngineStarted = true
      return engine
    },
    client: async () => {
      io.isEngineStarted = true
      return new EngineClient({
        request: (name, input, signal) =>
          engine.request(name, input, { signal, resolveFile: (path) => path, reportBug: () => undefined }),
        subscribe: (listener) => engine.subscribe(listener),
      })
    },
  }
  return io
}
