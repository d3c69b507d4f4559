import { AnalyzerError } from '../../shared/errors'
import type { ProjectProperties, ProjectRecording } from '../../shared/project/project-document'
import type { EngineParts } from '../engine-parts'
import type { ReadOptions, Recording } from '../readers/recording'
import { describeFile } from './find-recordings'

type Read = ProjectRecording['read']

export interface RecordingRequest {
  readonly id: string
  readonly path: string
  readonly read: ReadOptions
  /** What the user said; wins over the file. */
  readonly properties: Partial<ProjectProperties>
}

/** What a project keeps of a recording. @throws AnalyzerError of the reader */
export async function describeRecording(
  openRecording: EngineParts['openRecording'],
  { id, path, read, properties }: RecordingRequest,
  signal: AbortSignal,
): Promise<ProjectRecording> {
  const recording = await openRecording(path, read)
  try {
    const file = await describeFile(path, signal)
    if (file === undefined) throw new AnalyzerError('unreadable-file', `"${path}" can no longer be read.`, { path })
    return {
      id,
      name: recording.name,
      file,
      format: recording.format,
      channels: recording.channels.map(({ name, unit, sampleRateHz, sampleCount }) => ({
        name,
        unit: unit ?? null,
        sampleRateHz: sampleRateHz ?? null,
        sampleCount,
      })),
      properties: { ...propertiesOf(recording, read), ...properties },
      read: readOf(read),
    }
  } finally {
    await recording.close()
  }
}

function readOf({ variables, text }: ReadOptions): Read {
  return { ...(variables === undefined ? {} : { variables: [...variables] }), ...(text === undefined ? {} : { text }) }
}

type Value<T> = { readonly value: T | null; readonly origin: 'file' | 'user' | 'unknown' }

function propertiesOf({ channels, metadata }: Recording, read: ReadOptions): ProjectProperties {
  const unknown = { value: null, origin: 'unknown' } as const
  const from = <T>(value: T | undefined, isGiven: boolean): Value<T> =>
    value === undefined ? unknown : { value, origin: isGiven ? 'user' : 'file' }
  // channels that differ: each says its own
  const shared = <T>(values: readonly (T | undefined)[], isGiven: boolean): Value<T> =>
    values.every((value) => value === values[0]) ? from(values[0], isGiven) : { value: null, origin: 'file' }
  return {
    sampleRateHz: shared(
      channels.map((each) => each.sampleRateHz),
      read.sampleRateHz !== undefined,
    ),
    unit: shared(
      channels.map((each) => each.unit),
      read.unit !== undefined,
    ),
    sensitivity: unknown,
    shaftSpeedRpm: metadata.shaftSpeedRpm ?? from(read.shaftSpeedRpm, true),
    machine: from(metadata.machine?.slice(0, 200), false),
    point: unknown,
    direction: unknown,
  }
}
