import { execFileSync } from 'node:child_process'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createRandom } from '../../src/shared/random'

const sampleRateHz = 25_600
const seconds = 3600

export interface MemoryBenchResult {
  readonly name: string
  /** of the whole process, all threads */
  readonly peakMegabytes: number
}

/** `analyze` of one hour at 25.6 kHz (16-bit WAV) by the built command line on wasm: the most memory that it held. */
export const memoryCase = {
  name: 'analyze 1 h at 25.6 kHz, wasm, peak resident memory in MB',
  async run(): Promise<MemoryBenchResult[]> {
    const folder = await mkdtemp(join(tmpdir(), 'vibralens-bench-'))
    try {
      const path = join(folder, 'hour.wav')
      await writeHour(path)
      return ['bearing-1d', 'bearing-2d'].map((model) => ({
        name: `${model}: ${memoryCase.name}`,
        peakMegabytes: peakOf(path, model),
      }))
    } finally {
      await rm(folder, { recursive: true })
    }
  },
}

/** The child says it itself at its end, in kilobytes. */
function peakOf(path: string, model: string): number {
  const program = fileURLToPath(new URL('../../scripts/vibralens.mjs', import.meta.url))
  const tell = 'process.on("exit", () => console.log(process.resourceUsage().maxRSS))'
  const hook = `data:text/javascript,${encodeURIComponent(tell)}`
  const words = [
    '--import',
    hook,
    program,
    'analyze',
    path,
    '--model',
    model,
    '--backend',
    'wasm',
    '--json',
    `${path}.json`,
  ]
  const output = execFileSync(process.execPath, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  return Number(output.trim().split('\n').at(-1)) / 1024
}

async function writeHour(path: string): Promise<void> {
  const random = createRandom('hour')
  const minute = Int16Array.from({ length: 60 * sampleRateHz }, () => Math.round(3000 * random.normal()))
  const byteCount = 2 * sampleRateHz * seconds
  const header = Buffer.alloc(44)
  header.write('RIFF', 0)
  header.writeUInt32LE(36 + byteCount, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(sampleRateHz, 24)
  header.writeUInt32LE(2 * sampleRateHz, 28)
  header.writeUInt16LE(2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36)
  header.writeUInt32LE(byteCount, 40)
  const file = await open(path, 'w')
  await file.write(header)
  for (let i = 0; i < seconds / 60; i++) await file.write(new Uint8Array(minute.buffer))
  await file.close()
}
