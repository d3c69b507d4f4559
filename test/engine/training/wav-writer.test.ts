import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openRecordingFile } from '../../../src/engine/readers/open-recording'
import { writeWav } from '../../../src/engine/training/wav-writer'

it('writes a float WAV that the reader reads back exactly, with its description', async () => {
  const samples = Float32Array.from([0, 0.5, -1.25, 3e-7, 12])
  const bytes = writeWav(samples, { sampleRateHz: 25_600, description: 'Synthetic: made, not measured.' })
  expect(Buffer.from(bytes).toString('latin1')).toContain('Synthetic: made, not measured.')
  const folder = await mkdtemp(join(tmpdir(), 'vibralens-wav-'))
  try {
    const path = join(folder, 'made.wav')
    await writeFile(path, bytes)
    const recording = await openRecordingFile(path, {})
    expect(recording.channels[0].sampleRateHz).toBe(25_600)
    expect(await recording.channels[0].read({ start: 0, end: 5 })).toEqual(samples)
    await recording.close()
  } finally {
    await rm(folder, { recursive: true })
  }
})
