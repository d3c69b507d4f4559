import type { RequestInput } from '../../shared/contract/requests'
import { AnalyzerError } from '../../shared/errors'
import type { Channel, ReadOptions, Recording, TextLayoutOptions } from '../readers/recording'
import { applySensitivity, changeGiven, propertiesOf, readOptionsOf, type GivenProperties } from './given-properties'
import { createIdMaker } from './id-maker'
import type { RecordingPool } from './recording-pool'
import { summaryOf } from './recording-summary'
import type { OpenRecording } from '../../shared/app/study'

type ConfigureInput = RequestInput<'recording.configure'>

/** A recording that stays open under an id. */
export interface HeldRecording {
  readonly id: string
  readonly path: string
  readonly isSynthetic: boolean
  /** What the maker of the recording says beside the file (the demo's): as good as said by the file. */
  readonly made: ReadOptions
  readonly given: GivenProperties
  readonly text: TextLayoutOptions | undefined
  readonly variables: readonly string[] | undefined
  /** As it is read, with the user's rate; networks see this one, to which unit and sensitivity are nothing. */
  readonly source: Recording
  /** As the user sees it: `source` with the sensitivity applied. */
  readonly recording: Recording
  /** Grows when samples, unit or rate change. */
  readonly revision: number
  /** Aborted when the recording is closed or read with another rate or layout: work on it is void. */
  readonly validity: AbortController
}

/** What a change of properties leaves valid. */
export interface Reconfigured {
  readonly held: HeldRecording
  readonly keepsEvidence: boolean
}

/** Recordings by id, with what the user says about them. */
export class RecordingShelf {
  readonly #pool: RecordingPool
  readonly #held = new Map<string, HeldRecording>()
  /** Changes of one recording follow each other. */
  readonly #changing = new Map<string, Promise<unknown>>()
  readonly #nextId = createIdMaker('recording')

  constructor(pool: RecordingPool) {
    this.#pool = pool
  }

  /** @param made what the maker of a synthetic recording says beside the file; undefined for measured ones */
  async open(path: string, read: ReadOptions, made: ReadOptions | undefined): Promise<HeldRecording> {
    const { sampleRateHz, unit, shaftSpeedRpm, text, variables } = read
    const given = changeGiven({}, { sampleRateHz, unit, shaftSpeedRpm })
    const source = await this.#pool.open(path, { ...made, ...read })
    const id = this.#nextId()
    const validity = new AbortController()
    const files = { source, recording: source }
    const isSynthetic = made !== undefined
    const held = { id, path, isSynthetic, made: made ?? {}, given, text, variables, ...files, revision: 0, validity }
    this.#held.set(id, held)
    return held
  }

  /** @throws AnalyzerError bad-request for an id that is not open */
  get(id: string): HeldRecording {
    const held = this.#held.get(id)
    if (held !== undefined) return held
    throw new AnalyzerError('bad-request', `There is no open recording "${id}"; it may have been closed.`, { id })
  }

  /** As the user sees it. @throws AnalyzerError bad-request for a channel that is not there */
  channel(id: string, index: number): Channel {
    return channelOf(this.get(id).recording, index)
  }

  /** As networks see it; reads on while unit or sensitivity of the recording are changed. */
  sourceChannel(id: string, index: number): Channel {
    const channel = channelOf(this.get(id).source, index)
    return { ...channel, read: (range) => channelOf(this.get(id).source, index).read(range) }
  }

  /** What cannot be read as the user says leaves the recording as it was. */
  configure(id: string, properties: ConfigureInput['properties'], text: ConfigureInput['text']): Promise<Reconfigured> {
    const before = this.#changing.get(id) ?? Promise.resolve()
    const change = before.catch(() => undefined).then(() => this.#configure(id, properties, text))
    this.#changing.set(id, change)
    return change
  }

  async close(id: string): Promise<void> {
    const held = this.get(id)
    this.#held.delete(id)
    this.#changing.delete(id)
    held.validity.abort()
    await held.source.close()
  }

  async closeAll(): Promise<void> {
    for (const id of [...this.#held.keys()]) await this.close(id)
  }

  async #configure(
    id: string,
    properties: ConfigureInput['properties'],
    text: ConfigureInput['text'],
  ): Promise<Reconfigured> {
    const old = this.get(id)
    const given = changeGiven(old.given, properties)
    const layout = text ?? old.text
    const isSameLayout = JSON.stringify(layout) === JSON.stringify(old.text)
    const isSameRate = given.sampleRateHz === old.given.sampleRateHz
    const isSameScale = given.unit === old.given.unit && given.sensitivity === old.given.sensitivity
    const isSame = isSameLayout && isSameRate && isSameScale && given.shaftSpeedRpm === old.given.shaftSpeedRpm
    const files = isSame ? { source: old.source, recording: old.recording } : await this.#reread(old, given, layout)
    if (this.#held.get(id) !== old) {
      await files.source.close()
      this.get(id) // closed meanwhile: says so
    }
    const keepsEvidence = isSameLayout && isSameRate
    if (!keepsEvidence) old.validity.abort()
    const held = {
      ...old,
      ...files,
      given,
      text: layout,
      revision: old.revision + (keepsEvidence && isSameScale ? 0 : 1),
      validity: keepsEvidence ? old.validity : new AbortController(),
    }
    this.#held.set(id, held)
    if (files.source !== old.source) await old.source.close()
    return { held, keepsEvidence }
  }

  async #reread(
    { path, variables, made }: HeldRecording,
    given: GivenProperties,
    text: TextLayoutOptions | undefined,
  ): Promise<Pick<HeldRecording, 'source' | 'recording'>> {
    const source = await this.#pool.open(path, readOptionsOf(given, made, text, variables))
    try {
      return { source, recording: applySensitivity(source, given) }
    } catch (error) {
      await source.close()
      throw error
    }
  }
}

function channelOf({ channels, name }: Recording, index: number): Channel {
  if (index < channels.length) return channels[index]
  throw new AnalyzerError('bad-request', `"${name}" has no channel ${index}; its ${channels.length} count from 0.`, {
    index,
    channelCount: channels.length,
  })
}

export function describeOpen(
  { id, recording, given, isSynthetic, revision }: HeldRecording,
  evidenceIds: readonly string[],
): OpenRecording {
  return {
    recordingId: id,
    summary: summaryOf(recording, []),
    properties: propertiesOf(recording, given),
    isSynthetic,
    revision,
    evidenceIds,
  }
}
