import type { Network } from '../inference/network'
import type { PreparedRecording } from './dataset'
import type { InputMaker } from './features'
import { quantileOfSorted } from './metrics'

const recordingsLookedAt = 60
const shareInside = 0.97

/**
 * The evidence at which the colours end, for all files: 97 % of the positions of training recordings, each recording
 * counting alike, lie within ± it. Two digits.
 */
export async function colourScaleOf(
  network: Network,
  makeInput: InputMaker,
  recordings: readonly PreparedRecording[],
): Promise<number> {
  const stride = Math.max(1, Math.floor(recordings.length / recordingsLookedAt))
  const quantiles: number[] = []
  for (let i = 0; i < recordings.length; i += stride) {
    const { values, inputLength } = await makeInput(recordings[i].channels[0].samples)
    const { healthy, fault } = await network.runEvidence(values, inputLength)
    const sizes = Float32Array.from(fault, (value, position) => Math.abs(value - healthy[position])).sort()
    if (sizes.length > 0) quantiles.push(quantileOfSorted(sizes, shareInside))
  }
  return Number(quantileOfSorted(Float64Array.from(quantiles).sort(), 0.5).toPrecision(2)) || 1
}
