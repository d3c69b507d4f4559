/** Values by key up to a number of bytes; what was not used for longest goes first. The newest stays, however large. */
export class ByteLimitedCache<T> {
  readonly #byteLimit: number
  readonly #bytesOf: (value: T) => number
  /** Least recently used first. */
  readonly #held = new Map<string, T>()
  #bytes = 0

  constructor(byteLimit: number, bytesOf: (value: T) => number) {
    this.#byteLimit = byteLimit
    this.#bytesOf = bytesOf
  }

  get byteLength(): number {
    return this.#bytes
  }

  get(key: string): T | undefined {
    const value = this.#held.get(key)
    if (value === undefined) return undefined
    this.#held.delete(key)
    this.#held.set(key, value)
    return value
  }

  set(key: string, value: T): void {
    this.delete(key)
    this.#held.set(key, value)
    this.#bytes += this.#bytesOf(value)
    for (const oldest of this.#held.keys()) {
      if (this.#bytes <= this.#byteLimit || oldest === key) return
      this.delete(oldest)
    }
  }

  delete(key: string): void {
    const value = this.#held.get(key)
    if (value === undefined) return
    this.#held.delete(key)
    this.#bytes -= this.#bytesOf(value)
  }

  deleteWhere(isGone: (key: string) => boolean): void {
    for (const key of [...this.#held.keys()]) if (isGone(key)) this.delete(key)
  }
}
