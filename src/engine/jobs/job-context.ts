/** Given to every long call: check the signal before a batch, report after it. */
export interface JobContext {
  readonly signal: AbortSignal
  /** `done` of `total` in units of the stage (samples, segments, steps). Cheap: may be called for each batch. */
  report(stage: string, done: number, total: number): void
}

/** For calls that nobody watches. */
export const quietJob: JobContext = {
  signal: new AbortController().signal,
  report: () => undefined,
}
