import type { EngineClient } from '../shared/contract/engine-client'
import type { Translate } from '../shared/locales/translate'
import type { CliIo } from './io'
import { createProgressLine } from './progress-line'

/**
 * Starts a job, shows its progress, waits for its result. Ctrl-C cancels the job and still waits: the engine answers
 * at its next batch, with what is finished.
 */
export async function runJob<T>(
  io: CliIo,
  t: Translate,
  start: (client: EngineClient, signal: AbortSignal) => Promise<{ readonly jobId: string }>,
  result: (client: EngineClient, jobId: string, signal: AbortSignal) => Promise<T>,
): Promise<{ readonly jobId: string; readonly value: T }> {
  const client = await io.client()
  const progress = createProgressLine(io, t)
  const unsubscribe = client.subscribe((event) => progress.show(event))
  const patient = new AbortController().signal // the wait for the result is not what Ctrl-C ends
  try {
    const { jobId } = await start(client, io.signal)
    const cancel = (): void => void client.request('job.cancel', { jobId }, patient)
    io.signal.addEventListener('abort', cancel, { once: true })
    if (io.signal.aborted) cancel()
    try {
      return { jobId, value: await result(client, jobId, patient) }
    } finally {
      io.signal.removeEventListener('abort', cancel)
    }
  } finally {
    unsubscribe()
    progress.clear()
  }
}
