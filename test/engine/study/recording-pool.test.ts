import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRecordingFile } from '../../../src/engine/readers/open-recording'
import type { Recording } from '../../../src/engine/readers/recording'
import { RecordingPool } from '../../../src/engine/study/recording-pool'
import { writeWav } from '../../../src/engine/training/wav-writer'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vibralens-test-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function writeRecording(name: string, value: number): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, writeWav(new Float32Array(100).fill(value), { sampleRateHz: 1000, description: name }))
  return path
}

/** Counts what is open behind the pool. */
function countingOpener() {
  const counts = { open: 0, most: 0, opened: 0 }
  const open = async (path: string): Promise<Recording> => {
    const recording = await openRecordingFile(path, {})
    counts.opened += 1
    counts.open += 1
    counts.most = Math.max(counts.most, counts.open)
    return {
      ...recording,
      close: async () => {
        counts.open -= 1
        await recording.close()
      },
    }
  }
  return { counts, open }
}

const whole = { start: 0, end: 100 }

describe('the pool of recordings', () => {
  it('holds no more files open than allowed, and reads every one of them all the same', async () => {
    const { counts, open } = countingOpener()
    const pool = new RecordingPool(open, { openCount: 3, bytes: Infinity })
    const recordings: Recording[] = []
    for (let i = 0; i < 10; i++) recordings.push(await pool.open(await writeRecording(`many-${i}.wav`, i), {}))
    expect(pool.openCount).toBe(3)
    for (let round = 0; round < 2; round++) {
      for (const [i, recording] of recordings.entries()) {
        expect((await recording.channels[0].read(whole))[50]).toBe(i)
      }
    }
    expect(counts.most).toBeLessThanOrEqual(4) // the newest is open before the oldest is closed
    for (const recording of recordings) await recording.close()
    expect([counts.open, pool.openCount]).toEqual([0, 0])
  })

  it('parks nothing that is being read', async () => {
    const { counts, open } = countingOpener()
    const pool = new RecordingPool(open, { openCount: 1, bytes: Infinity })
    const recordings = []
    for (let i = 0; i < 5; i++) recordings.push(await pool.open(await writeRecording(`busy-${i}.wav`, i), {}))
    const read = await Promise.all(recordings.map(({ channels }) => channels[0].read(whole)))
    expect(read.map((samples) => samples[0])).toEqual([0, 1, 2, 3, 4])
    expect(pool.openCount).toBe(1)
    for (const recording of recordings) await recording.close()
    expect(counts.open).toBe(0)
  })

  it('parks what holds much memory', async () => {
    const { open } = countingOpener()
    // a table keeps 4 MiB at least
    const pool = new RecordingPool(open, { openCount: 100, bytes: 9 * 2 ** 20 })
    const recordings: Recording[] = []
    for (let i = 0; i < 5; i++) {
      const path = join(folder, `table-${i}.csv`)
      await writeFile(path, Array.from({ length: 50 }, (_, row) => `${row / 10},${row % 3}\n`).join(''))
      recordings.push(await pool.open(path, {}))
    }
    expect(pool.openCount).toBe(2)
    for (const recording of recordings) await recording.close()
  })

  it('refuses a file that changed while it was parked', async () => {
    const { open } = countingOpener()
    const pool = new RecordingPool(open, { openCount: 1, bytes: Infinity })
    const path = await writeRecording('changes.wav', 1)
    const recording = await pool.open(path, {})
    const other = await pool.open(await writeRecording('other.wav', 2), {})
    await utimes(path, 1, 1)
    await expect(recording.channels[0].read(whole)).rejects.toMatchObject({
      code: 'unreadable-file',
      message: expect.stringMatching(/changed since it was opened/) as string,
    })
    for (const each of [recording, other]) await each.close()
  })

  it('waits with closing for a read under way, and refuses reads after it', async () => {
    const { counts, open } = countingOpener()
    const pool = new RecordingPool(open, { openCount: 2, bytes: Infinity })
    const recording = await pool.open(await writeRecording('closing.wav', 7), {})
    const reading = recording.channels[0].read(whole)
    await recording.close()
    expect((await reading)[3]).toBe(7)
    await recording.close() // twice is once
    expect(counts.open).toBe(0)
    await expect(recording.channels[0].read(whole)).rejects.toMatchObject({ code: 'bad-request' })
  })
})
