import type { Random } from '../../shared/random'
import type { AugmentationSettings } from './augmentation'
import { augmentSegment } from './augmentation'
import type { PreparedRecording } from './dataset'

export interface SegmentBatch {
  /** [segments × length], 1D input */
  readonly values: Float32Array
  readonly labels: readonly (1 | -1)[]
}

export interface SamplerSettings {
  readonly segmentLength: number // samples
  readonly batchSize: number
  readonly augmentation: AugmentationSettings
}

/**
 * Draws batches of segments: label first (even odds), then machine, then bearing, then recording, channel and place,
 * so that no machine or bearing outweighs another by having more recordings.
 */
export function createSegmentSampler(
  recordings: readonly PreparedRecording[],
  settings: SamplerSettings,
  random: Random,
): () => SegmentBatch {
  const { segmentLength, batchSize, augmentation } = settings
  const tree = { healthy: groupsOf(recordings, -1), fault: groupsOf(recordings, 1) }
  return () => {
    const values = new Float32Array(batchSize * segmentLength)
    const labels = Array.from({ length: batchSize }, (_, i): 1 | -1 => {
      const label = i % 2 === 0 ? 1 : -1
      const machine = pick(label === 1 ? tree.fault : tree.healthy, random)
      const recording = pick(pick(machine, random), random)
      const { samples } = pick(recording.channels, random)
      const room = Math.max(0, samples.length - segmentLength)
      const start = random.integer(room + 1)
      values.set(augmentSegment(samples, start, segmentLength, augmentation, random), i * segmentLength)
      return label
    })
    return { values, labels }
  }
}

/** [machines][bearings][recordings] of one label. */
function groupsOf(recordings: readonly PreparedRecording[], label: 1 | -1): PreparedRecording[][][] {
  const machines = new Map<string, Map<string, PreparedRecording[]>>()
  for (const recording of recordings) {
    if (recording.label !== label) continue
    const bearings = machines.get(recording.machine) ?? new Map<string, PreparedRecording[]>()
    machines.set(recording.machine, bearings)
    bearings.set(recording.bearing, [...(bearings.get(recording.bearing) ?? []), recording])
  }
  return [...machines.values()].map((bearings) => [...bearings.values()])
}

function pick<T>(items: readonly T[], random: Random): T {
  return items[random.integer(items.length)]
}
