import type { SampleRange } from '../../shared/sample-range'

/** Bytes by range: a file on disk, an upload, a member of an archive. */
export interface ByteSource {
  readonly name: string
  /** bytes */
  readonly size: number
  /** At most end − start bytes; fewer only where the source ends. Never reads more than asked for. */
  read(start: number, end: number): Promise<Uint8Array>
  /** The same into `target`, where the source can do it without a copy; gives the number of bytes. */
  readInto?(start: number, target: Uint8Array): Promise<number>
  close(): Promise<void>
}

/** Something that the reader or the quality check noticed: a stable code, one sentence, where. */
export interface Notice {
  readonly code: string
  readonly message: string
  readonly startSeconds?: number
  readonly endSeconds?: number
}

/** A reading that could have been otherwise, and the flag that overrides it. Listed by `inspect`. */
export interface Guess {
  readonly what: string
  readonly value: string
  readonly reason: string
  readonly flag?: string
}

export type ValueOrigin = 'file' | 'user'

/** A value together with where it came from; nothing is guessed silently. */
export interface Sourced<T> {
  readonly value: T
  readonly origin: ValueOrigin
}

export interface Channel {
  readonly name: string
  /** As the file or the user says ('g', 'm/s2', 'mm/s', 'V'); undefined = unknown. */
  readonly unit: string | undefined
  /** Undefined = the file does not say and the user has not said; analysis then stops with a sentence. */
  readonly sampleRateHz: number | undefined
  readonly sampleCount: number
  /** Samples of the range, clamped to the channel; in `unit`. NaN = not measured. */
  read(range: SampleRange): Promise<Float32Array>
}

export interface RecordingMetadata {
  readonly shaftSpeedRpm?: Sourced<number>
  readonly machine?: string
  readonly startTime?: string // ISO 8601
  /** Further words of the file, for display only. */
  readonly properties: Readonly<Record<string, string>>
}

export interface Recording {
  readonly id: string
  readonly name: string
  /** 'wav' | 'csv' | 'mat-v4' | 'mat-v5' | 'mat-v7.3' | 'npy' | 'npz' … */
  readonly format: string
  readonly sizeBytes: number
  readonly channels: readonly Channel[]
  readonly metadata: RecordingMetadata
  readonly notices: readonly Notice[]
  readonly guesses: readonly Guess[]
  close(): Promise<void>
}

/** What the user says beside the file; wins over the file, and is named as the origin. */
export interface ReadOptions {
  readonly sampleRateHz?: number
  readonly unit?: string
  readonly shaftSpeedRpm?: number
  /** MATLAB, NPZ: names of the variables to read; others are left out. */
  readonly variables?: readonly string[]
  readonly text?: TextLayoutOptions
}

/** Overrides for text files; everything that is not given is found out and listed as a guess. */
export interface TextLayoutOptions {
  readonly delimiter?: string
  readonly decimal?: '.' | ','
  readonly encoding?: string
  readonly headerLines?: number
  /** Column index (0-based) or name of the time column; 'none' = every column is a signal. */
  readonly timeColumn?: number | string
}

export interface Reader {
  readonly format: string
  /** Does the content look like this format? `head` holds the first bytes (≤ 4096). Content decides, not the name. */
  probe(head: Uint8Array, name: string): boolean
  open(source: ByteSource, options: ReadOptions): Promise<Recording>
}
