import type { RecordingProperties } from '../../shared/app/study'

/** The properties that a user gave or changed, with their origin. */
export function saidByUser(properties: RecordingProperties): Partial<RecordingProperties> {
  return Object.fromEntries(Object.entries(properties).filter(([, { origin }]) => origin === 'user'))
}
