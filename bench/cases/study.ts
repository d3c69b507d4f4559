import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEngine, type Engine } from '../../src/engine/index'
import { writeWav } from '../../src/engine/training/wav-writer'
import type { TrackSpec } from '../../src/shared/app/tracks'
import { EngineClient } from '../../src/shared/contract/engine-client'
import { createRandom } from '../../src/shared/random'

const longCount = 100_000_000
const tenMinutes = 15_360_000 // samples at 25.6 kHz
const sampleRateHz = 25_600
const chunkLength = 1_000_000
const tilesEach = 24

export interface StudyFigure {
  readonly name: string
  readonly seconds: number
  readonly goalSeconds: number
}

export interface StudyBenchResult {
  readonly figures: readonly StudyFigure[]
  /** Resident memory of the process behind each stage, MB. */
  readonly memoryMb: readonly { readonly stage: string; readonly megabytes: number }[]
}

/** What the app waits for: opening, first picture, tiles of every track, scores; on files made here and deleted. */
export const studyCase = {
  async run(): Promise<StudyBenchResult> {
    const folder = await mkdtemp(join(tmpdir(), 'vibralens-bench-'))
    const engine = await createEngine()
    try {
      return await measure(folder, engine)
    } finally {
      await engine.dispose()
      await rm(folder, { recursive: true, force: true })
    }
  },
}

async function measure(folder: string, engine: Engine): Promise<StudyBenchResult> {
  const figures: StudyFigure[] = []
  const memoryMb: { stage: string; megabytes: number }[] = []
  const remember = (stage: string): void => {
    memoryMb.push({ stage, megabytes: Math.round(process.memoryUsage().rss / 1e6) })
  }
  const client = clientOf(engine)
  const signal = new AbortController().signal
  remember('engine started')
  const file = await writeNoise(join(folder, 'long.wav'), longCount)
  const shortFile = await writeNoise(join(folder, 'ten-minutes.wav'), tenMinutes)

  const short = await client.request('recording.open', { file: shortFile, read: { unit: 'g' } }, signal) // loads readers
  const started = performance.now()
  const { recordingId } = await client.request('recording.open', { file, read: { unit: 'g' } }, signal)
  const opened = performance.now()
  figures.push({ name: 'open 10⁸ samples (WAV)', seconds: (opened - started) / 1000, goalSeconds: 0.1 })
  const wave: TrackSpec = { kind: 'waveform', recordingId, channel: 0 }
  await client.request('tile.get', { track: wave, level: 18, index: 0 }, signal)
  const seconds = (performance.now() - started) / 1000
  figures.push({ name: 'first overview of 10⁸ samples, opening included', seconds, goalSeconds: 1 })
  remember('overview of 10⁸ samples')

  const tiles = (track: TrackSpec, levels: readonly number[]) => medianTile(client, track, levels, longCount, signal)
  const levels = Array.from({ length: 19 }, (_, level) => level)
  figures.push({ name: 'waveform tile, any level', seconds: await tiles(wave, levels), goalSeconds: 0.01 })
  for (const fftLength of [512, 1024, 4096] as const) {
    const track: TrackSpec = { kind: 'spectrogram', recordingId, channel: 0, fftLength }
    const name = `spectrogram tile of ${fftLength}, any level, not cached`
    figures.push({ name, seconds: await tiles(track, levels), goalSeconds: 0.01 })
  }
  remember('600 spectrogram tiles, within their cache')

  for (const modelId of ['bearing-1d', 'bearing-2d']) {
    const input = { recordingId: short.recordingId, channel: 0, modelId }
    const { jobId } = await client.request('evidence.start', input, signal)
    const { evidenceId } = await client.request('evidence.result', { jobId }, signal)
    const track: TrackSpec = { kind: 'evidence', evidenceId, side: 'difference' }
    const tile = await medianTile(client, track, levels.slice(0, 16), tenMinutes, signal)
    figures.push({ name: `evidence tile of ${modelId}, any level`, seconds: tile, goalSeconds: 0.005 })
    for (const segmentSeconds of [0.02, 0.5, 10]) {
      const score = { evidenceId, segmentSeconds, locale: 'en' as const }
      const times = await timesOf(9, () => client.request('score.get', score, signal))
      const name = `scores and verdict of 10 min by ${modelId}, segments of ${segmentSeconds} s`
      figures.push({ name, seconds: medianOf(times), goalSeconds: 0.05 })
    }
    remember(`evidence of 10 min by ${modelId}`)
  }
  return { figures, memoryMb }
}

function clientOf(engine: Engine): EngineClient {
  return new EngineClient({
    request: (name, input, signal) =>
      engine.request(name, input, {
        signal,
        resolveFile: (path) => path,
        reportBug: (error) => {
          throw error
        },
      }),
    subscribe: (listener) => engine.subscribe(listener),
  })
}

/** Float samples, noise that swells; written chunk by chunk behind a header for all of them. */
async function writeNoise(path: string, sampleCount: number): Promise<string> {
  const random = createRandom('bench study')
  const chunk = Float32Array.from({ length: chunkLength }, () => random.normal())
  const header = writeWav(new Float32Array(0), { sampleRateHz, description: 'made by the bench' })
  const view = new DataView(header.buffer)
  view.setUint32(4, header.length - 8 + 4 * sampleCount, true)
  view.setUint32(header.length - 4, 4 * sampleCount, true)
  const handle = await open(path, 'w')
  try {
    await handle.write(header)
    for (let first = 0; first < sampleCount; first += chunkLength) {
      const part = chunk.slice(0, Math.min(chunkLength, sampleCount - first))
      const gain = 1 + 0.5 * Math.sin(first / 3e6)
      for (let i = 0; i < part.length; i++) part[i] *= gain
      await handle.write(new Uint8Array(part.buffer))
    }
  } finally {
    await handle.close()
  }
  return path
}

/** Over tiles at places of their own, all levels in turn: the median, s. */
async function medianTile(
  client: EngineClient,
  track: TrackSpec,
  levels: readonly number[],
  sampleCount: number,
  signal: AbortSignal,
): Promise<number> {
  const random = createRandom('tiles')
  const times: number[] = []
  for (const level of levels) {
    const count = Math.ceil(sampleCount / (256 * 2 ** level))
    const places = new Set(Array.from({ length: tilesEach }, () => random.integer(count)))
    for (const index of places) {
      times.push(...(await timesOf(1, () => client.request('tile.get', { track, level, index }, signal))))
    }
  }
  return medianOf(times)
}

async function timesOf(count: number, work: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = []
  for (let i = 0; i < count; i++) {
    const started = performance.now()
    await work()
    times.push((performance.now() - started) / 1000)
  }
  return times
}

function medianOf(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[times.length >> 1]
}
