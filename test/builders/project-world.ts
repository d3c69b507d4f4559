import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createEngineOf } from '../../src/engine/index'
import { openRecordingFile } from '../../src/engine/readers/open-recording'
import { writeWav } from '../../src/engine/training/wav-writer'
import { EngineClient } from '../../src/shared/contract/engine-client'
import type { EngineEvent } from '../../src/shared/contract/events'
import type { RequestInput, RequestName, RequestOutput } from '../../src/shared/contract/requests'
import { AnalyzerError } from '../../src/shared/errors'
import type { ProjectChange } from '../../src/shared/project/project-state'
import { fakeParts } from './fake-parts'

export type Ask = <Name extends RequestName>(name: Name, input: RequestInput<Name>) => Promise<RequestOutput<Name>>

export interface ProjectWindow {
  readonly ask: Ask
  readonly changes: readonly ProjectChange[]
  /** The program goes away without closing anything, but politely. */
  end(): Promise<void>
}

/** A window with an engine of its own on one user's folders, as a second program would be; files by path are granted. */
export function openWindow(userFolder: string): ProjectWindow {
  const userFolders = { config: join(userFolder, 'config'), data: join(userFolder, 'data') }
  const engine = createEngineOf(fakeParts({ userFolders, openRecording: openRecordingFile }))
  const changes: ProjectChange[] = []
  const bugs: unknown[] = []
  engine.subscribe((event: EngineEvent) => {
    if (event.name === 'project.changed') changes.push(event.data)
  })
  const client = new EngineClient({
    request: (name, input, signal) =>
      engine.request(name, input, { signal, resolveFile: grantedPath, reportBug: (error) => bugs.push(error) }),
    subscribe: (listener) => engine.subscribe(listener),
  })
  onTestFinished(async () => {
    await engine.dispose()
    if (bugs.length > 0) throw bugs[0]
  })
  const { signal } = new AbortController()
  return { changes, end: () => engine.dispose(), ask: (name, input) => client.request(name, input, signal) }
}

function grantedPath(handle: string): string {
  if (handle.startsWith('/')) return handle
  throw new AnalyzerError('bad-request', `not granted: ${handle}`)
}

/** A small WAV whose content depends on `seed`; answers its path. */
export function writeRecording(path: string, seed = 1, sampleCount = 2000): string {
  if (!existsSync(dirname(path))) mkdirSync(dirname(path), { recursive: true })
  const samples = Float32Array.from({ length: sampleCount }, (_, i) => Math.sin(i * seed * 0.1))
  writeFileSync(path, writeWav(samples, { sampleRateHz: 1000, description: '' }))
  return path
}
