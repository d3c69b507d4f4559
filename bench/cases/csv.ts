import { execFileSync } from 'node:child_process'
import { open, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openFileSource } from '../../src/engine/readers/byte-source'
import { csvReader } from '../../src/engine/readers/csv-reader'
import { createRandom } from '../../src/shared/random'

const rowCount = 8_600_000
const linesPerWrite = 100_000
const repeatCount = 3

/** Seconds, the best of three in the same run; `reference` is undefined where pandas is not on the machine. */
export interface CsvBenchResult {
  readonly name: string
  readonly ours: number
  readonly reference: number | undefined
  readonly referenceName: string
  readonly megabytes: number
}

/** A text table of about 200 MB (time, acceleration): opened and read whole, against pandas.read_csv of the same file. */
export const csvCase = {
  name: 'CSV, 200 MB, 8.6 M rows',
  async run(python: string): Promise<CsvBenchResult> {
    const folder = await mkdtemp(join(tmpdir(), 'vibralens-bench-'))
    try {
      const path = join(folder, 'table.csv')
      const bytes = await writeTable(path)
      const ours: number[] = []
      const reference: (number | undefined)[] = []
      for (let i = 0; i < repeatCount; i++) {
        ours.push(await readTable(path))
        reference.push(readWithPandas(python, path))
      }
      const known = reference.filter((seconds) => seconds !== undefined)
      return {
        name: csvCase.name,
        ours: Math.min(...ours),
        reference: known.length > 0 ? Math.min(...known) : undefined,
        referenceName: 'pandas.read_csv',
        megabytes: bytes / 1e6,
      }
    } finally {
      await rm(folder, { recursive: true })
    }
  },
}

async function writeTable(path: string): Promise<number> {
  const random = createRandom(1)
  const file = await open(path, 'w')
  await file.write('Time (s),Acceleration (g)\n')
  for (let first = 0; first < rowCount; first += linesPerWrite) {
    let lines = ''
    for (let i = first; i < first + linesPerWrite; i++) {
      lines += `${(i / 25_600).toFixed(7)},${random.normal().toFixed(6)}\n`
    }
    await file.write(lines)
  }
  const { size } = await file.stat()
  await file.close()
  return size
}

async function readTable(path: string): Promise<number> {
  const started = performance.now()
  const recording = await csvReader.open(await openFileSource(path), {})
  for (const channel of recording.channels) await channel.read({ start: 0, end: channel.sampleCount })
  const seconds = (performance.now() - started) / 1000
  await recording.close()
  return seconds
}

/** Seconds that Python measures itself, so that its start does not count. */
function readWithPandas(python: string, path: string): number | undefined {
  const program =
    'import sys, time, pandas; t = time.perf_counter(); pandas.read_csv(sys.argv[1]); print(time.perf_counter() - t)'
  try {
    return Number(
      execFileSync(python, ['-c', program, path], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    )
  } catch {
    return undefined
  }
}
