import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findBearing } from '../../../src/engine/diagnosis/bearing-catalogue'
import { hearEnvelope } from '../../../src/engine/diagnosis/diagnose'
import { quietJob } from '../../../src/engine/jobs/job-context'
import { openRecordingFile } from '../../../src/engine/readers/open-recording'
import { translator } from '../../../src/shared/locales/translate'

const folder = '../shared/data/cwru'

describe.skipIf(!existsSync(folder))('the second witness on CWRU (skipped where ../shared/data is not there)', () => {
  it.each([
    ['48k_Drive_End_OR007@6_0_135.mat', 'fault-outer-race'],
    ['48k_Drive_End_IR007_0_109.mat', 'fault-inner-race'],
    ['normal_0_97.mat', 'no-sign'],
  ])('%s: %s', async (name, verdict) => {
    const recording = await openRecordingFile(`${folder}/${name}`, { sampleRateHz: 48_000 })
    const [channel] = recording.channels.filter((each) => each.name.includes('DE_time'))
    const settings = { shaftSpeedRpm: 1796, bearing: findBearing('cwru-6205-2rs'), bandHz: undefined }
    const { witness } = await hearEnvelope(channel, 48_000, settings, translator('en'), quietJob)
    await recording.close()
    expect(witness.verdict).toBe(verdict)
  })
})
