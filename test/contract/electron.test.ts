import { mkdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, vi } from 'vitest'
import type { Engine } from '../../src/engine/index'
import type { FromEngine } from '../../src/main/engine-messages'
import { serveEngine } from '../../src/main/serve-engine'
import { bridgeTransport } from '../../src/renderer/client/bridge-transport'
import type { FakeUtilityProcess } from '../electron/double/electron-double'
import { buildMilliseconds, buildWindow, runMain } from '../electron/double/run-main'
import { describeContract } from './contract-suite'

/** The given engine as a utility process: messages are copied, as between real ones. */
function engineProcess(engine: Engine, reportBug: (error: unknown) => void): FakeUtilityProcess {
  const listeners: ((message: FromEngine) => void)[] = []
  const send = (message: FromEngine): void => listeners.forEach((listener) => listener(structuredClone(message)))
  const handle = serveEngine(engine, send, reportBug)
  return {
    postMessage: (message) => void setImmediate(() => handle(structuredClone(message))),
    on: (type, listener) => void (type === 'message' && listeners.push(listener)),
    kill: () => undefined,
  }
}

beforeAll(buildWindow, buildMilliseconds)

describeContract("over Electron's bridge: the built preload, the built main", async (engine, reportBug) => {
  const folder = await mkdtemp(join(tmpdir(), 'vibralens-electron-'))
  mkdirSync(join(folder, 'userData'))
  const electron = await runMain({ folder, startEngine: () => engineProcess(engine, reportBug) })
  await vi.waitUntil(() => electron.windows[0]?.isShown === true)
  return {
    transport: bridgeTransport(electron.windows[0].analyzer),
    close: async () => {
      electron.app.quit()
      await engine.dispose()
      await rm(folder, { recursive: true, force: true })
    },
  }
})
