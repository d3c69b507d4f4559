import { AnalyzerError } from '../../shared/errors'
import type { Channel, Recording } from './recording'

/** The channel of this index (from 0) or name, or every one; a name that isn't there is answered with those that are. */
export function chooseChannels(recording: Recording, wanted: number | string | undefined): readonly Channel[] {
  const { channels, name } = recording
  if (wanted === undefined) return channels
  const found = typeof wanted === 'number' ? channels[wanted] : channels.find((channel) => channel.name === wanted)
  if (found !== undefined) return [found]
  const given = typeof wanted === 'number' ? `number ${wanted + 1}` : `"${wanted}"`
  const known = channels.map((channel, index) => `${index + 1} "${channel.name}"`).join(', ')
  throw new AnalyzerError('bad-request', `"${name}" has no channel ${given}; it has ${known}.`)
}
