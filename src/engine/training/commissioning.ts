import type { JudgedRecording } from './evaluate'
import type { PreparedRecording } from './dataset'
import { machinesWithLifeTests } from './folds'

/**
 * The same recordings judged as in a plant: one healthy recording of the machine at the same operating point (of the
 * same bearing, where its life was followed) is given, and the logit counts as a shift against it. That recording is
 * left out of the figures. Where an operating point has no healthy recording, the machine's first serves.
 * logit' = logit − logit of the given recording + healthyLogit, so that the card's thresholds keep their meaning.
 */
export function commission(judged: readonly JudgedRecording[], healthyLogit: number): JudgedRecording[] {
  const followed = new Set(machinesWithLifeTests(judged.map((item) => item.recording)))
  const keyOf = (recording: PreparedRecording) =>
    [recording.machine, followed.has(recording.machine) ? recording.bearing : recording.operatingPoint].join('|')
  const given = new Map<string, JudgedRecording>()
  const fallback = new Map<string, JudgedRecording>()
  for (const item of judged) {
    const { recording } = item
    if (recording.label !== -1 || recording.otherFault !== 'none') continue
    if (!given.has(keyOf(recording))) given.set(keyOf(recording), item)
    if (!fallback.has(recording.machine)) fallback.set(recording.machine, item)
  }
  const used = new Set([...given.values(), ...fallback.values()])
  return judged.flatMap((item) => {
    const reference = given.get(keyOf(item.recording)) ?? fallback.get(item.recording.machine)
    if (reference === undefined || used.has(item)) return []
    return [{ recording: item.recording, logit: item.logit - reference.logit + healthyLogit }]
  })
}
