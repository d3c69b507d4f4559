import type { Engine } from '../engine/index'
import type { EngineClient } from '../shared/contract/engine-client'

/** What a command may touch of the world: tests give their own. */
export interface CliIo {
  /** Results. */
  out(text: string): void
  /** Words and progress. */
  err(text: string): void
  readonly isErrTerminal: boolean
  readonly errColumns: number
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal
  /** Paths are taken from here. */
  readonly workingFolder: string
  /** Milliseconds, for rates. */
  now(): number
  /** Starts the engine, once: help and mistakes in flags never load it. */
  client(): Promise<EngineClient>
  /** The same engine, for `serve`, which hands requests on. */
  engine(): Promise<Engine>
  programVersion(): Promise<string>
}
