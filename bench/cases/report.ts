import { mkdtemp, rm } from 'node:fs/promises'
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEngine } from '../../src/engine/index'
import { demoRecording } from '../../src/engine/training/synthetic/demo-recording'
import { writeWav } from '../../src/engine/training/wav-writer'
import { EngineClient } from '../../src/shared/contract/engine-client'
import { createRandom } from '../../src/shared/random'

const recordingCount = 50
const sampleRateHz = 25_600
const seconds = 10
const signal = new AbortController().signal

export interface ReportBenchResult {
  readonly figures: readonly { readonly name: string; readonly seconds: number; readonly goalSeconds: number }[]
  readonly memoryMb: number
}

/** How long the PDF takes when the analysis is in hand: one machine with its figures, then fifty recordings. */
export const reportCase = {
  async run(): Promise<ReportBenchResult> {
    const folder = await mkdtemp(join(tmpdir(), 'vibralens-bench-'))
    const engine = await createEngine()
    const client = new EngineClient({
      request: (name, input, given) =>
        engine.request(name, input, { signal: given, resolveFile: (path) => path, reportBug: () => undefined }),
      subscribe: (listener) => engine.subscribe(listener),
    })
    try {
      const jobIds: string[] = []
      for (let i = 0; i < recordingCount; i++) jobIds.push(await analysed(client, writeRecording(folder, i)))
      const one = await timeOfPdf(client, jobIds.slice(0, 1))
      const all = await timeOfPdf(client, jobIds)
      return {
        figures: [
          { name: 'PDF of one machine, first of the process', seconds: one, goalSeconds: 3 },
          { name: `PDF of ${recordingCount} recordings of ${seconds} s`, seconds: all, goalSeconds: 60 },
        ],
        memoryMb: Math.round(process.resourceUsage().maxRSS / 1000),
      }
    } finally {
      await engine.dispose()
      await rm(folder, { recursive: true, force: true })
    }
  },
}

/** The end of the demo's recording under noise of its own: no two charts are alike. */
function writeRecording(folder: string, index: number): string {
  const random = createRandom(index + 1)
  const { samples } = demoRecording()
  const own = samples.slice(-seconds * sampleRateHz).map((value) => value + 0.02 * random.normal())
  const path = join(folder, `machine-${index + 1}.wav`)
  writeFileSync(path, writeWav(own, { sampleRateHz, description: 'bench' }))
  return path
}

async function analysed(client: EngineClient, file: string): Promise<string> {
  const read = { unit: 'g', shaftSpeedRpm: 1480 }
  const { jobId } = await client.request(
    'analysis.start',
    { file, read, models: [], baseline: [], locale: 'en' },
    signal,
  )
  await client.request('analysis.result', { jobId }, signal)
  return jobId
}

async function timeOfPdf(client: EngineClient, jobIds: string[]): Promise<number> {
  const started = performance.now()
  const input = { jobIds, format: 'pdf', locale: 'en', date: '2026-11-24' } as const
  const { jobId } = await client.request('report.create', input, signal)
  await client.request('report.result', { jobId }, signal)
  return (performance.now() - started) / 1000
}
