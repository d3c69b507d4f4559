import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { estimateSpeed } from '../../src/engine/diagnosis/speed-estimate'
import { openRecordingFile } from '../../src/engine/readers/open-recording'
import { drawMachine } from '../../src/engine/training/synthetic/draw-machine'
import { makeRecording } from '../../src/engine/training/synthetic/machine'
import { createRandom } from '../../src/shared/random'

interface Estimate {
  readonly source: string
  readonly confidence: number
  readonly isRight: boolean
}

const bins = [0, 0.5, 0.8, 0.9, 0.95, 1.01]
const syntheticCount = 200
const sampleRateHz = 12_000
/** Nominal speeds of rigs are a few percent above what a loaded motor turns. */
const rightShare = 0.03
const search = { slowestRpm: 420, fastestRpm: 6000 }

/** How often estimated speeds were right, by confidence: rows are bins, cells "right / all". */
export async function speedTable(dataFolder: string): Promise<readonly string[]> {
  const estimates = [...madeMachines(false), ...madeMachines(true), ...(await measuredMachines(dataFolder))]
  const sources = [...new Set(estimates.map(({ source }) => source))]
  const head = ['confidence', ...sources]
  const rows = bins.slice(0, -1).map((low, i) => {
    const cells = sources.map((source) => {
      const inside = estimates.filter(
        (each) => each.source === source && each.confidence >= low && each.confidence < bins[i + 1],
      )
      return `${inside.filter(({ isRight }) => isRight).length} / ${inside.length}`
    })
    return [`${low} to ${Math.min(1, bins[i + 1])}`, ...cells]
  })
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`)
}

function madeMachines(isFaulty: boolean): Estimate[] {
  return Array.from({ length: syntheticCount / 2 }, (_, i) => {
    const random = createRandom(`speed ${isFaulty} ${i}`)
    const drawn = drawMachine({ sampleRateHz, sampleCount: 4 * sampleRateHz, isFaulty }, random)
    const { samples } = makeRecording({ ...drawn, speedRatio: 1 }, random)
    const { confidence, shaftSpeedRpm } = estimateSpeed(samples, sampleRateHz, search)
    const isRight = Math.abs(shaftSpeedRpm / 60 / drawn.shaftHz - 1) <= rightShare
    return { source: isFaulty ? 'made, faulty' : 'made, healthy', confidence, isRight }
  })
}

/** CWRU and ADI of the shared data; FEMTO's 0.1 s hold too few turns. */
async function measuredMachines(folder: string): Promise<Estimate[]> {
  const manifest = join(folder, 'manifest.csv')
  if (!existsSync(manifest)) return []
  const [head, ...rows] = readFileSync(manifest, 'utf8').trim().split('\n').map(cellsOf)
  const value = (row: readonly string[], name: string): string => row[head.indexOf(name)]
  const estimates: Estimate[] = []
  for (const row of rows.filter((each) => value(each, 'machine') !== 'femto')) {
    const rateHz = Number(value(row, 'sample_rate_hz'))
    const recording = await openRecordingFile(join(folder, value(row, 'path')), { sampleRateHz: rateHz })
    for (const channel of recording.channels) {
      const samples = await channel.read({ start: 0, end: channel.sampleCount })
      if (samples.length < (8 * rateHz * 60) / search.slowestRpm) continue
      const { confidence, shaftSpeedRpm } = estimateSpeed(samples, rateHz, search)
      const isRight = Math.abs(shaftSpeedRpm / Number(value(row, 'shaft_speed_rpm')) - 1) <= rightShare
      estimates.push({ source: value(row, 'machine'), confidence, isRight })
    }
    await recording.close()
  }
  return estimates
}

/** Quoted cells of the manifest may hold commas. */
function cellsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|([^,]+)|(?<=,)(?=,|$)/g)].map((match) => match[1] ?? match[2] ?? '')
}
