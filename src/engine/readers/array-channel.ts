import { clampRange } from '../../shared/sample-range'
import type { ItemReader } from './packed-items'
import type { Channel } from './recording'

/** Where the samples of one channel lie among the items: first, first + stride, first + 2 · stride … */
interface ArrayChannelOptions {
  readonly name: string
  readonly unit: string | undefined
  readonly sampleRateHz: number | undefined
  readonly items: ItemReader
  readonly first: number
  readonly stride: number
  /** As promised by the header; samples beyond the items that are there are left out. */
  readonly sampleCount: number
  /** Sample = (item − bias) · scale. */
  readonly bias: number
  readonly scale: number
}

/** Items looked at in one go, so that a long range of a many-channel file needs little memory. */
const itemsPerBlock = 1 << 18

export function createArrayChannel(options: ArrayChannelOptions): Channel {
  const { name, unit, sampleRateHz } = options
  const sampleCount = countSamplesThere(options)
  return {
    name,
    unit,
    sampleRateHz,
    sampleCount,
    async read(range) {
      const { start, end } = clampRange(range, sampleCount)
      const samples = new Float32Array(end - start)
      const samplesPerBlock = Math.max(1, Math.floor(itemsPerBlock / options.stride))
      for (let at = start; at < end; at += samplesPerBlock) {
        await readBlock(options, at, Math.min(at + samplesPerBlock, end), samples, at - start)
      }
      return samples
    },
  }
}

/** Samples whose item is there. */
function countSamplesThere({ items, first, stride, sampleCount }: ArrayChannelOptions): number {
  const there = Math.floor((items.itemCount - 1 - first) / stride) + 1
  return Math.max(0, Math.min(sampleCount, there))
}

async function readBlock(
  { items, first, stride, bias, scale }: ArrayChannelOptions,
  start: number,
  end: number,
  target: Float32Array,
  targetStart: number,
): Promise<void> {
  const block = await items.read(first + start * stride, first + (end - 1) * stride + 1, stride)
  if (block instanceof Float32Array && bias === 0 && scale === 1) target.set(block, targetStart)
  else for (let i = 0; i < end - start; i++) target[targetStart + i] = (block[i] - bias) * scale
}
