import { existsSync, readdirSync, readlinkSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { usualPoolLimits } from '../../../src/engine/study/recording-pool'
import { startStudyEngine } from '../../helpers/study-engine'

const descriptors = '/proc/self/fd'

/** Files of this process that lie in the folder. */
function openFilesIn(folder: string): number {
  return readdirSync(descriptors).filter((name) => {
    try {
      return readlinkSync(`${descriptors}/${name}`).startsWith(folder)
    } catch {
      return false // closed since it was listed
    }
  }).length
}

// only Linux lists a process's open files as a folder
describe.skipIf(!existsSync(descriptors))('many recordings at once', () => {
  it('hold a bounded number of files open, answer all the same, and leave none open behind', async () => {
    const study = await startStudyEngine()
    try {
      const ids: string[] = []
      for (let i = 0; i < usualPoolLimits.openCount + 20; i++) {
        const file = await study.writeWav(`${i}.wav`, new Float32Array(1000).fill(i), 12_000)
        ids.push((await study.ask('recording.open', { file, read: {} })).recordingId)
      }
      expect(openFilesIn(study.folder)).toBe(usualPoolLimits.openCount)
      for (const [i, recordingId] of ids.entries()) {
        const stretch = { recordingId, channel: 0, startSample: 3, endSample: 4 }
        expect((await study.ask('panel.waveform', stretch)).samples[0]).toBe(i)
      }
      expect(openFilesIn(study.folder)).toBe(usualPoolLimits.openCount)
      await study.engine.dispose()
      expect(openFilesIn(study.folder)).toBe(0)
    } finally {
      await study.dispose()
    }
  })

  it('a dispose in the middle of everything ends it', async () => {
    const study = await startStudyEngine()
    try {
      const { recordingId } = await study.ask('demo.open', {})
      const file = await study.writeWav('long.wav', new Float32Array(5_000_000).fill(1), 12_000)
      const long = await study.ask('recording.open', { file, read: {} })
      const { jobId } = await study.ask('evidence.start', { recordingId, channel: 0, modelId: 'bearing-2d' })
      const track = { kind: 'waveform' as const, recordingId: long.recordingId, channel: 0 }
      const underWay = [
        study.ask('evidence.result', { jobId }),
        study.ask('tile.get', { track, level: 18, index: 0 }),
        study.ask('recording.quality', { recordingId: long.recordingId }),
      ]
      const ended = Promise.allSettled(underWay)
      await study.engine.dispose()
      expect((await ended).length).toBe(3)
      expect(openFilesIn(study.folder)).toBe(0)
      await study.engine.dispose() // twice is once
    } finally {
      await study.dispose()
    }
  })
})
