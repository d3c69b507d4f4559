import { writeFile } from 'node:fs/promises'
import { AnalyzerError } from '../shared/errors'
import type { EngineParts } from './engine-parts'

/** The engine's own parts, each loaded when it is first needed: reading a file must not wait for TensorFlow. */
export function createParts(): EngineParts {
  return {
    openRecording: async () => missing('readers/open-recording'),
    checkQuality: async (recording) => {
      const { checkRecordingQuality } = await import('./readers/quality')
      // without a model nothing is asked of rate and length
      return checkRecordingQuality(recording, { leastRateHz: 0, leastSampleCount: 0 })
    },
    analyze: async () => missing('analysis/analyze'),
    writeDemoRecording: async (path) => {
      const { demoRecording } = await import('./training/synthetic/demo-recording')
      const { writeWav } = await import('./training/wav-writer')
      const { samples, sampleRateHz, description } = demoRecording()
      await writeFile(path, writeWav(samples, { sampleRateHz, description }))
    },
    listModels: async () => missing('models/registry'),
    showModel: async () => missing('models/registry'),
    checkModel: async () => missing('models/registry'),
    computeSpectrum: async () => missing('dsp/spectrum'),
    createBaseline: async () => missing('analysis/baseline'),
    train: async () => missing('training/train'),
    evaluate: async () => missing('training/evaluate'),
    dispose: async () => undefined,
  }
}

function missing(name: string): never {
  throw new AnalyzerError('internal', `This build has no "${name}" yet.`)
}
