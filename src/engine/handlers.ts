import { join } from 'node:path'
import type { Handlers } from '../shared/contract/dispatch'
import { AnalyzerError } from '../shared/errors'
import { createDiagnosisBaseHandlers } from './diagnosis/base-handlers'
import { createDiagnosisHandlers } from './diagnosis/diagnose-handlers'
import { createProjectHandlers } from './project/project-handlers'
import { chooseChannels } from './readers/choose-channels'
import { originOf } from './reports/analysis-origin'
import { reportHandlers } from './reports/report-handlers'
import { composeCsv } from './reports/csv-export'
import type { Session } from './session'
import { summaryOf } from './study/recording-summary'
import { createStudyHandlers } from './study/study-handlers'
import { settingsHandlers } from './settings/settings-handlers'

/** Contract requests on the session's parts. Paths come from `context.resolveFile` only. */
export function createHandlers(session: Session): Handlers {
  return {
    ...createStudyHandlers(session),
    ...recordingHandlers(session),
    ...analysisHandlers(session),
    ...modelHandlers(session),
    ...trainingHandlers(session),
    ...settingsHandlers(session),
    ...createDiagnosisBaseHandlers(session),
    ...createDiagnosisHandlers(session),
    ...reportHandlers(session),
    ...createProjectHandlers(session),
    'job.cancel': async ({ jobId }) => ({ isCancelled: session.jobs.cancel(jobId) }),
    'job.forget': async ({ jobId }) => {
      await session.forget(jobId)
      return {}
    },
  }
}

type Some<Names extends keyof Handlers> = Pick<Handlers, Names>

function recordingHandlers({ parts }: Session): Some<'recording.inspect' | 'spectrum.get'> {
  return {
    'recording.inspect': async ({ file, read }, context) => {
      const recording = await parts.openRecording(context.resolveFile(file), read)
      try {
        return summaryOf(recording, await parts.checkQuality(recording))
      } finally {
        await recording.close()
      }
    },
    'spectrum.get': async ({ file, read, channel, envelopeBandHz }, context) => {
      const recording = await parts.openRecording(context.resolveFile(file), read)
      try {
        const spectra = []
        for (const each of chooseChannels(recording, channel)) {
          context.signal.throwIfAborted()
          spectra.push(await parts.computeSpectrum(each, recording.name, envelopeBandHz, context.signal))
        }
        return spectra
      } finally {
        await recording.close()
      }
    },
  }
}

function analysisHandlers(
  session: Session,
): Some<'analysis.start' | 'analysis.result' | 'picture.create' | 'csv.create' | 'demo.create'> {
  const { parts, analyses } = session
  return {
    'analysis.start': async ({ file, baseline, ...rest }, context) => {
      const path = context.resolveFile(file)
      const request = { ...rest, baseline: baseline.map((each) => context.resolveFile(each)) }
      return { jobId: session.startAnalysis(originOf(request), (job) => parts.analyze(path, request, job)) }
    },
    'analysis.result': async ({ jobId }, context) => {
      const { status, results, charts } = await analyses.get(jobId, context.signal)
      return { status, results, pictureCount: charts.length }
    },
    'picture.create': async ({ jobId, index, locale }, context) => {
      const { charts } = await analyses.get(jobId, context.signal)
      if (index >= charts.length) {
        throw new AnalyzerError('bad-request', `There is no picture ${index}; the analysis has ${charts.length}.`)
      }
      // loaded when the first picture is asked for: the renderer is a native addon
      const { drawPicture } = await import('./reports/picture')
      return drawPicture(await charts[index].picture(context.signal), locale)
    },
    'csv.create': async ({ jobIds }, context) => {
      const results = []
      for (const jobId of jobIds) results.push(...(await analyses.get(jobId, context.signal)).results)
      return composeCsv(results, [])
    },
    'demo.create': async ({ file, backend, locale }, context) => {
      const path = file === undefined ? join(await session.makeFolder(), 'demo.wav') : context.resolveFile(file)
      const read = await parts.writeDemoRecording(path)
      const { demoBearingId: bearing } = await import('./training/synthetic/demo-recording')
      const request = { read, models: ['all'], baseline: [], bearing, backend, locale }
      return { jobId: session.startAnalysis(originOf(request), (job) => parts.analyze(path, request, job)) }
    },
  }
}

function modelHandlers({ parts }: Session): Some<'model.list' | 'model.show' | 'model.check' | 'model.checkInstalled'> {
  return {
    'model.list': () => parts.listModels(),
    'model.show': ({ id }) => parts.showModel(id),
    'model.checkInstalled': ({ id }) => parts.checkInstalledModel(id),
    'model.check': ({ file }, context) => parts.checkModel(context.resolveFile(file)),
  }
}

function trainingHandlers(
  session: Session,
): Some<
  'baseline.start' | 'baseline.result' | 'training.start' | 'training.result' | 'evaluation.start' | 'evaluation.result'
> {
  const { parts, jobs, baselines, trainings, evaluations } = session
  return {
    'baseline.start': async ({ files, out, read, channel, model, backend }, context) => {
      const paths = files.map((each) => context.resolveFile(each))
      const request = { paths, out: context.resolveFile(out), read, channel, model, backend }
      const { jobId, ended } = jobs.start((job) => parts.createBaseline(request, job))
      baselines.keep(jobId, ended)
      return { jobId }
    },
    'baseline.result': ({ jobId }, context) => baselines.get(jobId, context.signal),
    'training.start': async ({ manifest, out, kind, holdOut, seed, backend }, context) => {
      const files = { manifest: context.resolveFile(manifest), out: context.resolveFile(out) }
      const { jobId, ended } = jobs.start((job) => parts.train({ ...files, kind, holdOut, seed, backend }, job))
      trainings.keep(jobId, ended)
      return { jobId }
    },
    'training.result': ({ jobId }, context) => trainings.get(jobId, context.signal),
    'evaluation.start': async ({ manifest, model, backend }, context) => {
      const request = { manifest: context.resolveFile(manifest), model, backend }
      const { jobId, ended } = jobs.start((job) => parts.evaluate(request, job))
      evaluations.keep(jobId, ended)
      return { jobId }
    },
    'evaluation.result': ({ jobId }, context) => evaluations.get(jobId, context.signal),
  }
}
