/** Runs one call at a time for the newest question: a new call aborts the one under way, whose answer is dropped. */
export class LatestOnly {
  #controller: AbortController | undefined

  /** Undefined when a newer call has come, or `stop` was called. */
  async run<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
    this.stop()
    const controller = new AbortController()
    this.#controller = controller
    try {
      const value = await work(controller.signal)
      return controller.signal.aborted ? undefined : value
    } catch (error) {
      if (controller.signal.aborted) return undefined
      throw error
    }
  }

  stop(): void {
    this.#controller?.abort()
    this.#controller = undefined
  }
}
