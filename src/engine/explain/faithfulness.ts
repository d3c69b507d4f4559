import type { Random } from '../../shared/random'
import type { JobContext } from '../jobs/job-context'
import { faultClass, healthyClass } from '../inference/network'
import type { Network } from '../inference/network'

/**
 * Does the map say what the network uses? Petsiuk et al. 2018 (RISE, arXiv:1806.07421), deletion and insertion, on a 1D
 * segment: samples are replaced (or put back) in blocks, those with the most evidence first, and the logit is followed.
 */
export interface FaithfulnessRequest {
  readonly network: Network
  /** one segment [samples × inputCount] */
  readonly segment: Float32Array
  /** evidence of each sample (explain/upsample) */
  readonly evidence: Float32Array
  /** samples replaced at once */
  readonly blockLength: number
  readonly random: Random
}

export interface Faithfulness {
  /** mean of the logit over the deletion of all blocks; lower than `randomDeletion` = the map is faithful */
  readonly deletion: number
  /** mean of the logit over the insertion of all blocks; higher than `randomInsertion` = the map is faithful */
  readonly insertion: number
  readonly randomDeletion: number
  readonly randomInsertion: number
}

/**
 * Deleted samples become the reflection of quiet ones: values drawn from the half of the segment with the least evidence,
 * so that the level and the texture stay plausible and no edge to zeros is made that looks like an impact.
 */
export async function measureFaithfulness(request: FaithfulnessRequest, job: JobContext): Promise<Faithfulness> {
  const { segment, evidence, blockLength, random, network } = request
  const ranked = rankBlocks(evidence, blockLength)
  const shuffled = shuffle(ranked, random.fork('order'))
  const quiet = quietCopy(segment, ranked, blockLength, network.geometry.inputCount)
  const curve = async (from: Float32Array, to: Float32Array, order: readonly number[]): Promise<number> => {
    job.signal.throwIfAborted()
    const segments = steps(from, to, order, blockLength * network.geometry.inputCount)
    return meanLogit(network, segments, order.length + 1)
  }
  return {
    deletion: await curve(segment, quiet, ranked),
    insertion: await curve(quiet, segment, ranked),
    randomDeletion: await curve(segment, quiet, shuffled),
    randomInsertion: await curve(quiet, segment, shuffled),
  }
}

/** Indices of blocks, most evidence first. */
function rankBlocks(evidence: Float32Array, blockLength: number): number[] {
  const count = Math.ceil(evidence.length / blockLength)
  const sums = Array.from({ length: count }, (_, b) =>
    evidence.subarray(b * blockLength, (b + 1) * blockLength).reduce((sum, value) => sum + value, 0),
  )
  return sums.map((_, b) => b).sort((a, b) => sums[b] - sums[a] || a - b)
}

function shuffle(order: readonly number[], random: Random): number[] {
  const shuffled = [...order]
  for (let i = shuffled.length - 1; i > 0; i--) {
    const j = random.integer(i + 1)
    const kept = shuffled[i]
    shuffled[i] = shuffled[j]
    shuffled[j] = kept
  }
  return shuffled
}

/** Every block replaced by one of the quieter half, in turn. */
function quietCopy(
  segment: Float32Array,
  ranked: readonly number[],
  blockLength: number,
  inputCount: number,
): Float32Array {
  const width = blockLength * inputCount
  const quiet = Float32Array.from(segment)
  const donors = ranked.slice(Math.floor(ranked.length / 2)).filter((block) => (block + 1) * width <= segment.length)
  if (donors.length === 0) return quiet.fill(0)
  for (const [rank, block] of ranked.entries()) {
    const donor = segment.subarray(donors[rank % donors.length] * width, (donors[rank % donors.length] + 1) * width)
    const start = block * width
    quiet.set(donor.subarray(0, Math.min(width, segment.length - start)), start)
  }
  return quiet
}

/** The segment after 0, 1, … all blocks, one below the other. */
function steps(from: Float32Array, to: Float32Array, order: readonly number[], width: number): Float32Array {
  const all = new Float32Array(from.length * (order.length + 1))
  const current = Float32Array.from(from)
  all.set(current, 0)
  for (const [i, block] of order.entries()) {
    current.set(to.subarray(block * width, (block + 1) * width), block * width)
    all.set(current, (i + 1) * from.length)
  }
  return all
}

async function meanLogit(network: Network, segments: Float32Array, count: number): Promise<number> {
  const scores = await network.runSegments(segments, count)
  let sum = 0
  for (let i = 0; i < count; i++) sum += scores[2 * i + faultClass] - scores[2 * i + healthyClass]
  return sum / count
}
