import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'

/** A recording as training and evaluation use it, and the training-free numbers beside it. */
export interface CachedRecording {
  readonly pieces: readonly CachedPiece[]
}

export interface CachedPiece {
  readonly channels: readonly CachedChannel[]
}

export interface CachedChannel {
  /** conditioned, at the model's rate */
  readonly samples: Float32Array
  /** of the conditioned signal */
  readonly kurtosis: number
  /** of the raw signal */
  readonly envelopePeak: number
}

const headerSchema = z.array(
  z.array(
    z.strictObject({ sampleCount: z.int(), kurtosis: z.number().nullable(), envelopePeak: z.number().nullable() }),
  ),
)

/** File: length of the header (uint32 LE), header (JSON), zeros up to a multiple of 4, float32 samples. */
export async function writeCached(folder: string, key: string, recording: CachedRecording): Promise<void> {
  const header = Buffer.from(
    JSON.stringify(
      recording.pieces.map(({ channels }) =>
        channels.map(({ samples, kurtosis, envelopePeak }) => ({
          sampleCount: samples.length,
          kurtosis: orNull(kurtosis),
          envelopePeak: orNull(envelopePeak),
        })),
      ),
    ),
  )
  const start = 4 + Math.ceil(header.length / 4) * 4
  const channels = recording.pieces.flatMap((piece) => piece.channels)
  const sampleCount = channels.reduce((sum, channel) => sum + channel.samples.length, 0)
  const bytes = Buffer.alloc(start + 4 * sampleCount)
  bytes.writeUInt32LE(header.length, 0)
  header.copy(bytes, 4)
  let at = start
  for (const { samples } of channels) {
    Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength).copy(bytes, at)
    at += samples.byteLength
  }
  const path = cachePath(folder, key)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, bytes)
}

/** Undefined where there is none, or it is damaged: it is then made again. */
export async function readCached(folder: string, key: string): Promise<CachedRecording | undefined> {
  let file: Buffer
  try {
    file = await readFile(cachePath(folder, key))
  } catch {
    return undefined
  }
  const header = parseHeader(file)
  if (header === undefined) return undefined
  let at = 4 + Math.ceil(file.readUInt32LE(0) / 4) * 4
  const sampleCount = header.flat().reduce((sum, channel) => sum + channel.sampleCount, 0)
  if (file.length !== at + 4 * sampleCount) return undefined
  const pieces = header.map((piece) => ({
    channels: piece.map((channel) => {
      const samples = new Float32Array(channel.sampleCount)
      new Uint8Array(samples.buffer).set(file.subarray(at, at + samples.byteLength))
      at += samples.byteLength
      return { samples, kurtosis: channel.kurtosis ?? Number.NaN, envelopePeak: channel.envelopePeak ?? Number.NaN }
    }),
  }))
  return { pieces }
}

function parseHeader(file: Buffer): z.infer<typeof headerSchema> | undefined {
  if (file.length < 4) return undefined
  const end = 4 + file.readUInt32LE(0)
  if (end > file.length) return undefined
  try {
    return headerSchema.safeParse(JSON.parse(file.toString('utf8', 4, end))).data
  } catch {
    return undefined
  }
}

function cachePath(folder: string, key: string): string {
  return join(folder, key.slice(0, 2), `${key}.bin`)
}

function orNull(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
