import type { Channel, Notice } from './recording'

const blockCount = 32
const blockLength = 8192
const mostChannels = 32
const mostNotices = 8
/** Two sensors never agree this closely; a channel stored twice does. */
const leastCorrelation = 0.99999

/**
 * Pairs of channels that are the same signal, scaled or not: correlation over 32 blocks spread over the recording, for the
 * first 32 channels that have the rate and length of the first of the pair.
 */
export async function findIdenticalChannels(channels: readonly Channel[]): Promise<readonly Notice[]> {
  const compared = channels.slice(0, mostChannels)
  if (compared.length < 2) return []
  const signals: Float32Array[] = []
  for (const channel of compared) signals.push(await readSpread(channel))
  const notices: Notice[] = []
  for (let a = 0; a < compared.length; a++) {
    for (let b = a + 1; b < compared.length && notices.length < mostNotices; b++) {
      if (compared[a].sampleRateHz !== compared[b].sampleRateHz) continue
      if (compared[a].sampleCount !== compared[b].sampleCount) continue
      const pair = compare(signals[a], signals[b])
      if (pair)
        notices.push({ code: 'identical-channels', message: describe(compared[a].name, compared[b].name, pair) })
    }
  }
  return notices
}

async function readSpread(channel: Channel): Promise<Float32Array> {
  const { sampleCount } = channel
  if (sampleCount <= blockCount * blockLength) return channel.read({ start: 0, end: sampleCount })
  const samples = new Float32Array(blockCount * blockLength)
  for (let block = 0; block < blockCount; block++) {
    const start = Math.floor((block * (sampleCount - blockLength)) / (blockCount - 1))
    samples.set(await channel.read({ start, end: start + blockLength }), block * blockLength)
  }
  return samples
}

interface Likeness {
  readonly correlation: number
  /** b ≈ gain · a */
  readonly gain: number
}

/** Pearson's correlation of the samples that both have; undefined below the limit, or when one is constant. */
function compare(a: Float32Array, b: Float32Array): Likeness | undefined {
  const count = Math.min(a.length, b.length)
  const [meanA, meanB, sharedCount] = sharedMeans(a, b, count)
  if (sharedCount < 16) return undefined
  let powerA = 0
  let powerB = 0
  let product = 0
  for (let i = 0; i < count; i++) {
    const x = a[i] - meanA
    const y = b[i] - meanB
    if (Number.isNaN(x + y)) continue
    powerA += x * x
    powerB += y * y
    product += x * y
  }
  const correlation = product / Math.sqrt(powerA * powerB)
  return Math.abs(correlation) > leastCorrelation ? { correlation, gain: product / powerA } : undefined
}

function sharedMeans(a: Float32Array, b: Float32Array, count: number): readonly [number, number, number] {
  let sumA = 0
  let sumB = 0
  let sharedCount = 0
  for (let i = 0; i < count; i++) {
    if (Number.isNaN(a[i] + b[i])) continue
    sumA += a[i]
    sumB += b[i]
    sharedCount++
  }
  return [sumA / sharedCount, sumB / sharedCount, sharedCount]
}

function describe(nameA: string, nameB: string, { gain }: Likeness): string {
  const isEqual = Math.abs(gain - 1) < 1e-5
  const how = isEqual ? 'hold the same signal' : `hold the same signal, scaled by ${Number(gain.toPrecision(4))}`
  return `Channels "${nameA}" and "${nameB}" ${how}; one sensor seems to be stored twice.`
}
