import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { demoRecording } from '../../../src/engine/training/synthetic/demo-recording'
import { writeWav } from '../../../src/engine/training/wav-writer'

export interface MadeRecordings {
  /** 30 s of the synthetic machine, 25.6 kHz. */
  readonly wav: string
  /** Half a second of it as text with a time column in seconds and a unit. */
  readonly csv: string
  readonly broken: string
}

/** Files as a user has them, in a folder of their own. */
export async function makeRecordings(): Promise<MadeRecordings> {
  const folder = await mkdtemp(join(tmpdir(), 'vibralens-made-'))
  const { samples, sampleRateHz, description } = demoRecording()
  const paths = { wav: join(folder, 'pump.wav'), csv: join(folder, 'pump.csv'), broken: join(folder, 'broken.wav') }
  await writeFile(paths.wav, writeWav(samples, { sampleRateHz, description }))
  const rows = Array.from(samples.subarray(0, sampleRateHz / 2), (value, index) =>
    `${(index / sampleRateHz).toFixed(7)};${value.toFixed(6).replace('.', ',')}`.replace('.', ','),
  )
  await writeFile(paths.csv, ['time (s);Acceleration (m/s^2)', ...rows].join('\n'))
  await writeFile(paths.broken, 'RIFF and then nothing that is sound')
  return paths
}
