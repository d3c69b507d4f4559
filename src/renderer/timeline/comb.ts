import type { TimeComb } from '../stores/use-overlay-store'
import type { TimeScale } from './time-scale'

/** CSS pixels between lines below which a comb would be a grey wash: then none is drawn. */
const leastDistance = 4

/** The samples in view at which the comb has a line. */
export function combSamples(
  comb: TimeComb,
  { view, width }: TimeScale,
  sampleRateHz: number,
  ratio: number,
): readonly number[] {
  const period = comb.periodSeconds * sampleRateHz
  const origin = comb.originSeconds * sampleRateHz
  const distance = (period / (view.end - view.start)) * width
  if (!(distance >= leastDistance * ratio)) return []
  const samples: number[] = []
  for (let count = Math.ceil((view.start - origin) / period); origin + count * period <= view.end; count++) {
    samples.push(origin + count * period)
  }
  return samples
}
