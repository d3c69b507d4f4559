import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AnalysisRunner } from './analysis/analysis-runner'
import type { EngineParts } from './engine-parts'
import { findUserFolders } from './files/user-folders'
import { findPackageRoot, readProgramVersion } from './package-root'

/** The engine's own parts, each loaded when it is first needed: reading a file must not wait for TensorFlow. */
export function createParts(): EngineParts {
  const modelRoots = [join(findPackageRoot(), 'resources', 'models')]
  const userFolders = findUserFolders()
  let runner: Promise<AnalysisRunner> | undefined
  const startRunner = async () => {
    const { AnalysisRunner } = await import('./analysis/analysis-runner')
    return new AnalysisRunner({
      modelRoots,
      programVersion: readProgramVersion(),
      configFolder: userFolders.config,
      powerFrames: await loadPowerFrames(),
    })
  }
  const analysisRunner = () => (runner ??= startRunner())
  return {
    userFolders,
    ...recordingParts(),
    ...modelParts(modelRoots),
    ...trainingParts(modelRoots),
    analyze: async (path, request, job) => (await analysisRunner()).analyze(path, request, job),
    takeEvidence: async (request, job) => (await analysisRunner()).takeEvidence(request, job),
    inspectSteps: async (request, job) => (await analysisRunner()).inspectSteps(request, job),
    checkBackends: async () => (await analysisRunner()).checkBackends(),
    createBaseline: async (request, job) => (await analysisRunner()).createBaseline(request, job),
    // one that could not start told whoever asked for it
    dispose: async () => (await runner?.catch(() => undefined))?.dispose(),
  }
}

function recordingParts(): Pick<
  EngineParts,
  'openRecording' | 'checkQuality' | 'writeDemoRecording' | 'computeSpectrum'
> {
  return {
    openRecording: async (path, options) => {
      const { openRecordingFile } = await import('./readers/open-recording')
      return openRecordingFile(path, options)
    },
    checkQuality: async (recording) => {
      const { checkRecordingQuality } = await import('./readers/quality')
      // without a model nothing is asked of rate and length
      return checkRecordingQuality(recording, { leastRateHz: 0, leastSampleCount: 0 })
    },
    writeDemoRecording: async (path) => {
      const { demoRecording } = await import('./training/synthetic/demo-recording')
      const { writeWav } = await import('./training/wav-writer')
      const { samples, sampleRateHz, description, unit, shaftSpeedRpm } = demoRecording()
      await writeFile(path, writeWav(samples, { sampleRateHz, description }))
      return { unit, shaftSpeedRpm }
    },
    computeSpectrum: async (channel, fileName, envelopeBandHz) => {
      const { channelSpectrum } = await import('./analysis/channel-spectrum')
      return channelSpectrum(channel, fileName, envelopeBandHz)
    },
  }
}

function modelParts(
  modelRoots: readonly string[],
): Pick<EngineParts, 'listModels' | 'showModel' | 'checkModel' | 'checkInstalledModel'> {
  return {
    listModels: async () => {
      const { listModels } = await import('./models/registry')
      const { models } = await listModels(modelRoots)
      const decides = models.find(({ card }) => card.kind === '1d') ?? models[0]
      return models.map(({ card }) => ({
        id: card.id,
        version: card.version,
        kind: card.kind,
        summary: card.summary,
        sampleRateHz: card.sampleRateHz,
        isDefault: card === decides.card,
      }))
    },
    showModel: async (id) => {
      const { findModel } = await import('./models/registry')
      return (await findModel(modelRoots, id)).card
    },
    checkInstalledModel: async (id) => {
      const { findModel } = await import('./models/registry')
      const { checkModel } = await import('./models/check-model')
      const { folder } = await findModel(modelRoots, id)
      return checkModel(folder, await loadPowerFrames())
    },
    checkModel: async (folder) => {
      const { checkModel } = await import('./models/check-model')
      return checkModel(folder, await loadPowerFrames())
    },
  }
}

function trainingParts(modelRoots: readonly string[]): Pick<EngineParts, 'train' | 'evaluate'> {
  const cacheFolder = join(findPackageRoot(), '.cache', 'training')
  return {
    train: async (request, job) => {
      const { trainModel } = await import('./training/train')
      const { lines } = await trainModel(
        {
          ...request,
          holdOut: request.holdOut,
          backend: request.backend,
          seed: request.seed ?? 1,
          cacheFolder,
          powerFrames: await loadPowerFrames(),
        },
        job,
      )
      return { out: request.out, lines }
    },
    evaluate: async ({ manifest, model, backend }, job) => {
      const { findModel } = await import('./models/registry')
      const { evaluateModel } = await import('./training/evaluate-model')
      const { card, folder } = await findModel(modelRoots, model)
      const powerFrames = await loadPowerFrames()
      const { report, lines } = await evaluateModel({ manifest, card, folder, backend, cacheFolder, powerFrames }, job)
      return { report: { ...report }, lines }
    },
  }
}

/** The SIMD spectrogram, compiled once a process. */
async function loadPowerFrames() {
  const { loadKernels } = await import('./dsp/kernels/load-kernels')
  const { createSpectrogramMaker } = await import('./dsp/spectrogram')
  return createSpectrogramMaker(loadKernels()).power
}
