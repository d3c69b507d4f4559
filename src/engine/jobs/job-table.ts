import type { EngineEventListener } from '../../shared/contract/events'
import { AnalyzerError } from '../../shared/errors'
import type { JobContext } from './job-context'
import { throttleProgress } from './progress-throttle'

export interface StartedJob<T> {
  readonly jobId: string
  /** Settles as the job does; a rejection nobody awaits is not unhandled. */
  readonly ended: Promise<T>
}

/** Long work by id: progress and the end as events, cancel by id. */
export class JobTable {
  readonly #emit: EngineEventListener
  readonly #running = new Map<string, AbortController>()
  #startedCount = 0

  constructor(emit: EngineEventListener) {
    this.#emit = emit
  }

  start<T>(run: (job: JobContext) => Promise<T>): StartedJob<T> {
    this.#startedCount += 1
    const jobId = `job-${this.#startedCount}`
    const controller = new AbortController()
    this.#running.set(jobId, controller)
    const throttle = throttleProgress(
      (progress) => this.#emit({ name: 'job.progress', data: { jobId, ...progress } }),
      () => performance.now(),
    )
    const job: JobContext = {
      signal: controller.signal,
      report: (stage, done, total) => throttle.report({ stage, done, total }),
    }
    const end = (outcome: 'done' | 'failed'): void => {
      throttle.flush()
      this.#running.delete(jobId)
      this.#emit({ name: 'job.ended', data: { jobId, outcome: controller.signal.aborted ? 'cancelled' : outcome } })
    }
    // started in a later turn, so that the answer with the id is out before the first event
    const ended = Promise.resolve()
      .then(() => run(job))
      .then(
        (value) => {
          end('done')
          return value
        },
        (error: unknown) => {
          end('failed')
          throw controller.signal.aborted ? new AnalyzerError('cancelled', 'The job was cancelled.') : error
        },
      )
    ended.catch(() => undefined)
    return { jobId, ended }
  }

  /** False where the job has ended or never was. */
  cancel(jobId: string): boolean {
    const controller = this.#running.get(jobId)
    controller?.abort()
    return controller !== undefined
  }

  cancelAll(): void {
    for (const controller of this.#running.values()) controller.abort()
  }
}

/** The promise's value, or the signal's reason as soon as it is aborted; the work behind the promise goes on. */
export async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted()
  let stop = (): void => undefined
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
