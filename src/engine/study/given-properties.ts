import type { PropertyValue, RecordingProperties } from '../../shared/app/study'
import type { RequestInput } from '../../shared/contract/requests'
import { AnalyzerError } from '../../shared/errors'
import type { Channel, ReadOptions, Recording, TextLayoutOptions } from '../readers/recording'

type PropertyChanges = RequestInput<'recording.configure'>['properties']

/** What the user says about a recording; absent = nothing, and then the file counts. */
export type GivenProperties = { readonly [Name in keyof PropertyChanges]?: NonNullable<PropertyChanges[Name]> }

/** null = as the file says; absent = as before. */
export function changeGiven(given: GivenProperties, changes: PropertyChanges): GivenProperties {
  const merged = Object.entries({ ...given, ...changes })
  return Object.fromEntries(merged.filter(([, value]) => value !== null && value !== undefined))
}

/** The unit beside a sensitivity is that of the samples divided by it, not the file's. */
export function readOptionsOf(
  { sampleRateHz, unit, sensitivity, shaftSpeedRpm }: GivenProperties,
  made: ReadOptions,
  text: TextLayoutOptions | undefined,
  variables: readonly string[] | undefined,
): ReadOptions {
  return {
    sampleRateHz: sampleRateHz ?? made.sampleRateHz,
    unit: (sensitivity === undefined ? unit : undefined) ?? made.unit,
    shaftSpeedRpm: shaftSpeedRpm ?? made.shaftSpeedRpm,
    text,
    variables,
  }
}

/** Volts of one unit of the file; a file that names no unit is taken to hold volts where the user says a sensitivity. */
const voltUnits: ReadonlyMap<string | undefined, number> = new Map([
  [undefined, 1],
  ['V', 1],
  ['mV', 0.001],
])

/**
 * Samples in volts divided by the sensitivity (V per unit), in the user's unit; channels of other units stay as they are.
 * @throws AnalyzerError bad-request where no channel is in volts
 */
export function applySensitivity(recording: Recording, { sensitivity, unit }: GivenProperties): Recording {
  if (sensitivity === undefined) return recording
  const { channels, name } = recording
  if (!channels.some((channel) => voltUnits.has(channel.unit))) {
    const units = [...new Set(channels.map((channel) => channel.unit))].join(', ')
    throw new AnalyzerError(
      'bad-request',
      `"${name}" is in ${units}; a sensitivity of ${sensitivity} V per unit applies to samples in V.`,
      { sensitivity, units },
    )
  }
  return {
    ...recording,
    channels: channels.map((channel) => {
      const volts = voltUnits.get(channel.unit)
      return volts === undefined ? channel : scaledChannel(channel, volts / sensitivity, unit)
    }),
  }
}

function scaledChannel(channel: Channel, factor: number, unit: string | undefined): Channel {
  return {
    ...channel,
    unit,
    read: async (range) => (await channel.read(range)).map((sample) => sample * factor),
  }
}

/** @param recording as it is shown: with all that was given applied */
export function propertiesOf({ channels, metadata }: Recording, given: GivenProperties): RecordingProperties {
  return {
    sampleRateHz: ofChannels(given.sampleRateHz, channels, ({ sampleRateHz }) => sampleRateHz),
    unit: ofChannels(given.unit, channels, ({ unit }) => unit),
    sensitivity: valueOf(given.sensitivity, undefined),
    shaftSpeedRpm: valueOf(given.shaftSpeedRpm, metadata.shaftSpeedRpm?.value),
    machine: valueOf(given.machine, metadata.machine),
    point: valueOf(given.point, undefined),
    direction: valueOf(given.direction, undefined),
  }
}

function valueOf<T>(given: T | undefined, ofFile: T | undefined): PropertyValue<T> {
  if (given !== undefined) return { value: given, origin: 'user' }
  return ofFile === undefined ? { value: null, origin: 'unknown' } : { value: ofFile, origin: 'file' }
}

/** null of origin 'file': the channels differ. */
function ofChannels<T>(
  given: T | undefined,
  channels: readonly Channel[],
  pick: (channel: Channel) => T | undefined,
): PropertyValue<T> {
  const values = new Set(channels.map(pick))
  if (given !== undefined || values.size < 2) return valueOf(given, values.values().next().value)
  return { value: null, origin: 'file' }
}
