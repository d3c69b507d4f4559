import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { AnalyzerError } from '../../shared/errors'
import { clampRange } from '../../shared/sample-range'
import { conditionChannel } from '../dsp/condition'
import type { JobContext } from '../jobs/job-context'
import { quietJob } from '../jobs/job-context'
import type { CardConditioning } from '../../shared/model-card'
import { openRecordingFile } from '../readers/open-recording'
import type { Channel } from '../readers/recording'
import type { Grouped } from './folds'
import { distinct } from './folds'
import type { ManifestEntry } from './manifest'
import type { CachedPiece, CachedRecording } from './recording-cache'
import { readCached, writeCached } from './recording-cache'
import { envelopePeakOf, kurtosisWitnessOf } from './witnesses'

/** A recording, or a piece of one, ready for the network: the unit that is judged. */
export interface PreparedRecording extends Grouped, CachedPiece {
  readonly id: string
  readonly operatingPoint: string
  readonly bearingFault: string
  readonly otherFault: string
  readonly sha256: string
  /** 0-based; always 0 where recordings are not cut */
  readonly piece: number
}

export interface PreparationSettings {
  readonly sampleRateHz: number // the model's
  readonly conditioning: CardConditioning
  /** a machine with fewer healthy recordings than this has all its recordings cut into pieces */
  readonly leastHealthyCount: number
  readonly pieceSeconds: number
  /** undefined = nothing is kept */
  readonly cacheFolder: string | undefined
}

export interface PreparedDataset {
  readonly recordings: readonly PreparedRecording[]
  /** machines whose recordings were cut by time: said wherever figures of theirs stand */
  readonly cutMachines: readonly string[]
}

/** Reads and conditions every recording of a manifest; pieces of one recording share its machine and bearing. */
export async function prepareDataset(
  entries: readonly ManifestEntry[],
  settings: PreparationSettings,
  job: JobContext,
): Promise<PreparedDataset> {
  const cutMachines = distinct(entries.map((entry) => entry.machine)).filter(
    (machine) =>
      entries.filter((entry) => entry.machine === machine && entry.label === -1).length < settings.leastHealthyCount,
  )
  const recordings: PreparedRecording[] = []
  for (const [index, entry] of entries.entries()) {
    job.signal.throwIfAborted()
    const isCut = cutMachines.includes(entry.machine)
    const sha256 = entry.sha256 ?? (await hashOfFile(entry))
    const { pieces } = await prepareEntry(entry, sha256, isCut ? settings.pieceSeconds : undefined, settings)
    for (const [piece, { channels }] of pieces.entries()) {
      const id = isCut ? `${entry.path}#${piece}` : entry.path
      recordings.push({ ...describe(entry), id, sha256, piece, channels })
    }
    job.report('read', index + 1, entries.length)
  }
  return { recordings, cutMachines }
}

function describe(entry: ManifestEntry) {
  const { machine, bearing, label, operatingPoint, bearingFault, otherFault } = entry
  return { machine, bearing, label, operatingPoint, bearingFault, otherFault }
}

const cacheVersion = 4 // raise when reading, conditioning or the witnesses change

async function prepareEntry(
  entry: ManifestEntry,
  sha256: string,
  pieceSeconds: number | undefined,
  settings: PreparationSettings,
): Promise<CachedRecording> {
  const { sampleRateHz, conditioning, cacheFolder } = settings
  const what = [cacheVersion, sha256, entry.sampleRateHz, entry.bearing, sampleRateHz, conditioning, pieceSeconds]
  const key = createHash('sha256').update(JSON.stringify(what)).digest('hex')
  const cached = cacheFolder === undefined ? undefined : await readCached(cacheFolder, key)
  if (cached !== undefined) return cached
  const made = await readEntry(entry, pieceSeconds, settings)
  if (cacheFolder !== undefined) await writeCached(cacheFolder, key, made)
  return made
}

/** Conditioned as a whole, then cut: a piece sees the level of its recording, as in an analysis. */
async function readEntry(
  entry: ManifestEntry,
  pieceSeconds: number | undefined,
  settings: PreparationSettings,
): Promise<CachedRecording> {
  const recording = await openRecordingFile(entry.filePath, { sampleRateHz: entry.sampleRateHz })
  try {
    const signals = []
    for (const channel of signalChannels(recording.channels, entry)) {
      signals.push(await readChannel(channel, entry, settings))
    }
    return { pieces: cutIntoPieces(signals, pieceSeconds, settings.sampleRateHz) }
  } finally {
    await recording.close()
  }
}

interface ReadSignal {
  readonly raw: Float32Array
  readonly rawRateHz: number
  readonly conditioned: Float32Array
}

async function readChannel(channel: Channel, entry: ManifestEntry, settings: PreparationSettings): Promise<ReadSignal> {
  const rawRateHz = entry.sampleRateHz ?? channel.sampleRateHz
  if (rawRateHz === undefined) {
    throw new AnalyzerError(
      'bad-request',
      `Row ${entry.row} of the manifest has no sample_rate_hz, and "${entry.path}" does not say it.`,
      { row: entry.row },
    )
  }
  const { sampleRateHz, conditioning } = settings
  const request = { channel, sourceRateHz: rawRateHz, modelRateHz: sampleRateHz, conditioning }
  const signal = await conditionChannel(request, quietJob)
  return {
    raw: await channel.read({ start: 0, end: channel.sampleCount }),
    rawRateHz,
    conditioned: await signal.read({ start: 0, end: signal.sampleCount }),
  }
}

/** Speeds and other scalars stored beside the signal are not signals. */
function signalChannels(channels: readonly Channel[], entry: ManifestEntry): Channel[] {
  const longest = Math.max(0, ...channels.map((channel) => channel.sampleCount))
  const signals = channels.filter((channel) => channel.sampleCount === longest && longest > 64)
  if (signals.length === 0) {
    throw new AnalyzerError(
      'unreadable-file',
      `"${entry.path}" (row ${entry.row} of the manifest) holds no signal longer than 64 samples.`,
      { row: entry.row },
    )
  }
  return signals
}

function cutIntoPieces(
  signals: readonly ReadSignal[],
  pieceSeconds: number | undefined,
  modelRateHz: number,
): CachedPiece[] {
  const seconds = signals[0].conditioned.length / modelRateHz
  const count = pieceSeconds === undefined ? 1 : Math.max(1, Math.floor(seconds / pieceSeconds))
  const length = pieceSeconds === undefined ? seconds : Math.min(seconds, pieceSeconds)
  const part = (samples: Float32Array, rateHz: number, piece: number) => {
    const start = Math.round(piece * length * rateHz)
    const end = count === 1 && pieceSeconds === undefined ? samples.length : Math.round((piece + 1) * length * rateHz)
    return samples.slice(start, end)
  }
  return Array.from({ length: count }, (_, piece) => ({
    channels: signals.map(({ raw, rawRateHz, conditioned }) => {
      const samples = part(conditioned, modelRateHz, piece)
      return {
        samples,
        // of what the network is given too: at the raw rate it ranks FEMTO and ADI worse (docs/experiments.md)
        kurtosis: kurtosisWitnessOf(samples),
        envelopePeak: envelopePeakOf(part(raw, rawRateHz, piece), rawRateHz),
      }
    }),
  }))
}

/** A signal in memory, for what is made and not read. */
export function channelOf(samples: Float32Array, sampleRateHz: number): Channel {
  return {
    name: 'made',
    unit: undefined,
    sampleRateHz,
    sampleCount: samples.length,
    read: async (range) => {
      const { start, end } = clampRange(range, samples.length)
      return samples.slice(start, end)
    },
  }
}

async function hashOfFile(entry: ManifestEntry): Promise<string> {
  try {
    return createHash('sha256')
      .update(await readFile(entry.filePath))
      .digest('hex')
  } catch (cause) {
    throw new AnalyzerError(
      'unreadable-file',
      `"${entry.path}" (row ${entry.row} of the manifest) cannot be read.`,
      { row: entry.row },
      { cause },
    )
  }
}
