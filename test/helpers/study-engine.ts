import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEngine, type Engine } from '../../src/engine/index'
import { writeWav } from '../../src/engine/training/wav-writer'
import { EngineClient } from '../../src/shared/contract/engine-client'
import type { EngineEvent } from '../../src/shared/contract/events'
import type { RequestInput, RequestName, RequestOutput } from '../../src/shared/contract/requests'

export interface StudyEngine {
  readonly engine: Engine
  readonly folder: string
  readonly events: readonly EngineEvent[]
  ask<Name extends RequestName>(
    name: Name,
    input: RequestInput<Name>,
    signal?: AbortSignal,
  ): Promise<RequestOutput<Name>>
  /** A float WAV file in the folder; its path. */
  writeWav(name: string, samples: Float32Array, sampleRateHz: number): Promise<string>
  /** Runs the one pass to its end. */
  takeEvidence(recordingId: string, modelId: string, channel?: number): Promise<RequestOutput<'evidence.result'>>
  dispose(): Promise<void>
}

/** The engine with its own parts, and a folder for files; bugs inside it fail the request's test. */
export async function startStudyEngine(): Promise<StudyEngine> {
  const engine = await createEngine()
  const folder = await mkdtemp(join(tmpdir(), 'vibralens-test-'))
  const events: EngineEvent[] = []
  engine.subscribe((event) => events.push(event))
  const client = new EngineClient({
    request: (name, input, signal) =>
      engine.request(name, input, {
        signal,
        resolveFile: (path) => path,
        reportBug: (error) => {
          throw error
        },
      }),
    subscribe: (listener) => engine.subscribe(listener),
  })
  const ask: StudyEngine['ask'] = (name, input, signal = new AbortController().signal) =>
    client.request(name, input, signal)
  return {
    engine,
    folder,
    events,
    ask,
    writeWav: async (name, samples, sampleRateHz) => {
      const path = join(folder, name)
      await writeFile(path, writeWav(samples, { sampleRateHz, description: 'made by a test' }))
      return path
    },
    takeEvidence: async (recordingId, modelId, channel = 0) => {
      const { jobId } = await ask('evidence.start', { recordingId, channel, modelId })
      return ask('evidence.result', { jobId })
    },
    dispose: async () => {
      await engine.dispose()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
