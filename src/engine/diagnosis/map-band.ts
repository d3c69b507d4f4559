import { AnalyzerError } from '../../shared/errors'
import type { SampleRange } from '../../shared/sample-range'
import type { HeldEvidence } from '../study/evidence-shelf'
import { hotBand } from './hot-band'

/** What of evidence in hand this needs. */
type MapInHand = Pick<HeldEvidence, 'bandHz' | 'map' | 'sampleRateHz'> & {
  readonly track: Pick<HeldEvidence['track'], 'startSample' | 'stepSamples' | 'stepCount'>
  readonly card: Pick<HeldEvidence['card'], 'id' | 'sampleRateHz'>
}

/** Means over this many pieces of time: short enough that a fault's bursts do not average away. */
const mostPieces = 4096

/**
 * The band in which a 2D network saw the fault, over a stretch of the channel (its own samples).
 * @throws AnalyzerError bad-request for evidence without frequencies, or where nothing pushes to fault
 */
export function bandOfEvidence(
  held: MapInHand,
  range: SampleRange,
  leastBandwidthHz: number,
): readonly [number, number] {
  const { bandHz, map, track, card, sampleRateHz } = held
  if (bandHz === null) {
    throw new AnalyzerError(
      'bad-request',
      `Model "${card.id}" looks at the waveform; only the map of a 2D model has a band: choose one, or the kurtogram.`,
      { modelId: card.id },
    )
  }
  const stepOf = (sample: number): number => {
    const modelSample = (sample / sampleRateHz) * card.sampleRateHz
    return Math.max(0, Math.min(track.stepCount, (modelSample - track.startSample) / track.stepSamples))
  }
  const [first, end] = [stepOf(range.start), stepOf(range.end)]
  const rows = {
    lowHz: bandHz.lowHz,
    rowHeightHz: (bandHz.highHz - bandHz.lowHz) / map.rows,
    meanPositiveEvidence: positiveMeans(held, first, end),
  }
  const found = hotBand(rows, leastBandwidthHz)
  if (found !== undefined) return found.bandHz
  throw new AnalyzerError(
    'bad-request',
    `Nothing in the map of model "${card.id}" pushes to fault over this stretch; there is no band to look into.`,
    { modelId: card.id },
  )
}

/** Mean of max(0, evidence) of each row; NaN where nothing was measured. */
function positiveMeans({ map }: MapInHand, first: number, end: number): Float64Array {
  const pieces = Math.max(1, Math.min(mostPieces, Math.ceil(end - first)))
  const edges = Float64Array.from({ length: pieces + 1 }, (_, i) => first + ((end - first) * i) / pieces)
  const evidence = map.means(edges, 'difference')
  return Float64Array.from({ length: map.rows }, (_, row) => {
    let sum = 0
    let count = 0
    for (let i = row * pieces; i < (row + 1) * pieces; i++) {
      if (Number.isNaN(evidence[i])) continue
      sum += Math.max(0, evidence[i])
      count += 1
    }
    return sum / count
  })
}
