export interface ProgressReport {
  readonly stage: string
  readonly done: number
  readonly total: number
}

export interface ProgressThrottle {
  report(progress: ProgressReport): void
  /** Sends what was held back. */
  flush(): void
}

const leastMilliseconds = 100 // at most 10 a second

/** Passes the first and the last report of a stage always, those between at most every 100 ms. `now` in ms. */
export function throttleProgress(send: (progress: ProgressReport) => void, now: () => number): ProgressThrottle {
  let held: ProgressReport | undefined
  let sentStage: string | undefined
  let sentAt = -Infinity
  const pass = (progress: ProgressReport): void => {
    held = undefined
    sentStage = progress.stage
    sentAt = now()
    send(progress)
  }
  const flush = (): void => {
    if (held !== undefined) pass(held)
  }
  return {
    flush,
    report: (progress) => {
      if (progress.stage !== sentStage) {
        flush()
        pass(progress)
      } else if (progress.done >= progress.total || now() - sentAt >= leastMilliseconds) pass(progress)
      else held = progress
    },
  }
}
