import { readFile, stat } from 'node:fs/promises'
import type { BackendName } from '../../shared/analysis'
import type { BackendCheck } from '../../shared/app/study'
import type { BaselineSummary } from '../../shared/contract/outputs'
import { AnalyzerError } from '../../shared/errors'
import { translator } from '../../shared/locales/translate'
import { writeWhole } from '../files/write-whole'
import type { AnalyzeRequest, BaselineRequest, EvidenceRequest, InspectRequest } from '../engine-parts'
import { checkBackends } from '../inference/backend'
import type { PowerFrames } from '../inference/network-input'
import { findBearingOf } from '../diagnosis/user-bearings'
import type { JobContext } from '../jobs/job-context'
import { listModels, type ModelEntry } from '../models/registry'
import { hashSource, openFileSource } from '../readers/byte-source'
import { chooseChannels } from '../readers/choose-channels'
import { openRecording } from '../readers/open-recording'
import type { Recording } from '../readers/recording'
import { analyzeRecording } from './analyze'
import { createBaseline, parseBaseline, type Baseline } from './baseline'
import { takeEvidence, type EvidenceInHand } from './evidence-in-hand'
import { sampleRateOf } from './given-rate'
import { inspectSteps, type InspectedSteps } from './inspect-evidence'
import { ModelShelf, type LoadedModel } from './model-shelf'
import type { OpenAnalysis } from './outcome'
import { meanLogitOf } from './recording-logit'

export interface AnalysisRunnerSettings {
  readonly modelRoots: readonly string[]
  readonly programVersion: string
  /** The user's own bearings are there. */
  readonly configFolder: string
  readonly powerFrames: PowerFrames
}

/** A baseline file is small; anything larger is a recording. */
const largestBaselineBytes = 1_000_000

/** Opens, loads and analyses; owns the networks. One call at a time uses TensorFlow. */
export class AnalysisRunner {
  readonly #settings: AnalysisRunnerSettings
  readonly #shelf = new ModelShelf()
  /** Networks live on one backend: a request that changes it waits for those before it. */
  #turn: Promise<unknown> = Promise.resolve()

  constructor(settings: AnalysisRunnerSettings) {
    this.#settings = settings
  }

  analyze(path: string, request: AnalyzeRequest, job: JobContext): Promise<OpenAnalysis> {
    return this.#inTurn(() => this.#analyze(path, request, job))
  }

  /** The one pass for the app; what it leaves is kept by the caller. */
  takeEvidence(request: EvidenceRequest, job: JobContext): Promise<EvidenceInHand> {
    return this.#inTurn(async () => {
      const { channel, sampleRateHz, modelId } = request
      const [model] = await this.#load([modelId], request.backend)
      const backend = await this.#shelf.useBackend(request.backend)
      const { powerFrames } = this.#settings
      return takeEvidence({ channel, sampleRateHz, model, backend, powerFrames }, job)
    })
  }

  /**
   * Makes the feature maps of some steps again. Does not wait for a long pass where the network is loaded: both only use
   * it, and chunks of one come between chunks of the other.
   */
  inspectSteps(request: InspectRequest, job: JobContext): Promise<InspectedSteps> {
    const inspect = (model: LoadedModel) => inspectSteps(model, request, this.#settings.powerFrames, job)
    const beside = this.#shelf.useLoaded(request.modelId, inspect)
    return beside ?? this.#inTurn(async () => inspect((await this.#load([request.modelId], undefined))[0]))
  }

  /** Networks cannot stay while other backends are tried. */
  checkBackends(): Promise<readonly BackendCheck[]> {
    return this.#inTurn(async () => {
      await this.#shelf.clear()
      return checkBackends()
    })
  }

  createBaseline(request: BaselineRequest, job: JobContext): Promise<BaselineSummary> {
    return this.#inTurn(async () => {
      const { backend, paths, out } = request
      const [model] = await this.#load(request.model === undefined ? [] : [request.model], backend)
      const baseline = await this.#measureBaseline(paths, request, model, job)
      await writeBaseline(out, baseline)
      const { meanLogit, spreadLogit } = baseline
      return { recordingCount: baseline.recordings.length, meanLogit, spreadLogit, out }
    })
  }

  async dispose(): Promise<void> {
    await this.#inTurn(() => this.#shelf.clear())
  }

  async #analyze(path: string, request: AnalyzeRequest, job: JobContext): Promise<OpenAnalysis> {
    const { recording, sha256 } = await openHashed(path, request, job)
    try {
      const channels = chooseChannels(recording, request.channel)
      for (const channel of channels) sampleRateOf(channel, recording.name)
      const models = await this.#load(request.models, request.backend)
      const backend = await this.#shelf.useBackend(request.backend)
      const baselines = await this.#baselines(request, models, job)
      const { programVersion, powerFrames, configFolder } = this.#settings
      const { segmentSeconds, read: given, locale } = request
      const translate = translator(locale)
      const outcome = await analyzeRecording(
        {
          recording,
          sha256,
          channels,
          given,
          models,
          picturedModels: () => this.#load(['all'], backend),
          backend,
          segmentSeconds,
          baselines,
          bearing: request.bearing === undefined ? undefined : await findBearingOf(configFolder, request.bearing),
          programVersion,
          powerFrames,
          translate,
        },
        job,
      )
      return { ...outcome, close: () => recording.close() }
    } catch (error) {
      await recording.close()
      throw error
    }
  }

  /** By id; 'all' = every one; none = the first of the kind that decides (1d). */
  async #load(ids: readonly string[], forced: BackendName | undefined): Promise<readonly LoadedModel[]> {
    const { models, problems } = await listModels(this.#settings.modelRoots)
    const chosen = chooseModels(models, ids)
    if (chosen.length === 0) {
      const words = problems.map(({ message }) => ` ${message}`).join('')
      throw new AnalyzerError('model-mismatch', `No model is installed.${words}`)
    }
    await this.#shelf.useBackend(forced)
    return Promise.all(chosen.map((entry) => this.#shelf.load(entry)))
  }

  async #baselines(
    request: AnalyzeRequest,
    models: readonly LoadedModel[],
    job: JobContext,
  ): Promise<readonly Baseline[]> {
    const [first] = request.baseline
    if (first === undefined) return []
    const text = request.baseline.length === 1 ? await readBaselineText(first) : undefined
    if (text !== undefined) return [baselineOfAny(text, first, models)]
    const { read, backend } = request
    const baselines: Baseline[] = []
    for (const model of models) {
      baselines.push(await this.#measureBaseline(request.baseline, { read, backend }, model, job))
    }
    return baselines
  }

  async #measureBaseline(
    paths: readonly string[],
    request: Pick<BaselineRequest, 'read' | 'channel' | 'backend'>,
    model: LoadedModel,
    job: JobContext,
  ): Promise<Baseline> {
    const recordings: Baseline['recordings'] = []
    for (const [index, path] of paths.entries()) {
      const { recording, sha256 } = await openHashed(path, request, job)
      try {
        const channels = chooseChannels(recording, request.channel)
        const logit = await meanLogitOf({ recording, channels, model, powerFrames: this.#settings.powerFrames }, job)
        recordings.push({ name: recording.name, sha256, logit })
      } finally {
        await recording.close()
      }
      job.report('baseline', index + 1, paths.length)
    }
    return createBaseline(model.card, model.sha256, recordings)
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(work, work)
    this.#turn = mine.catch(() => undefined)
    return mine
  }
}

function chooseModels(models: readonly ModelEntry[], ids: readonly string[]): readonly ModelEntry[] {
  // the waveform network decides where nobody says otherwise
  const ranked = [...models].sort((a, b) => a.card.kind.localeCompare(b.card.kind))
  if (ids.length === 0) return ranked.slice(0, 1)
  if (ids.includes('all')) return ranked
  return ids.map((id) => {
    const found = models.find(({ card }) => card.id === id)
    if (found !== undefined) return found
    const names = models.map(({ card }) => card.id).join(', ') || 'none'
    throw new AnalyzerError('model-mismatch', `There is no model "${id}"; installed: ${names}.`, { id })
  })
}

async function openHashed(
  path: string,
  { read }: Pick<AnalyzeRequest, 'read'>,
  job: JobContext,
): Promise<{ recording: Recording; sha256: string }> {
  job.signal.throwIfAborted()
  const source = await openFileSource(path)
  let sha256: string
  try {
    sha256 = await hashSource(source, job.signal)
  } catch (error) {
    await source.close()
    throw error
  }
  return { recording: await openRecording(source, read), sha256 }
}

/** The text of a JSON file; undefined for a recording. */
async function readBaselineText(path: string): Promise<string | undefined> {
  const { size } = await stat(path).catch((cause: unknown) => {
    throw new AnalyzerError('unreadable-file', `The baseline "${path}" cannot be read.`, { path }, { cause })
  })
  if (size > largestBaselineBytes) return undefined
  const text = await readFile(path, 'utf8')
  return text.trimStart().startsWith('{') ? text : undefined
}

/** The baseline must be of one of the models that judge; the sentence names the first otherwise. */
function baselineOfAny(text: string, path: string, models: readonly LoadedModel[]): Baseline {
  const own = models.find(({ sha256 }) => text.includes(sha256)) ?? models[0]
  return parseBaseline(text, path, own.card.id, own.sha256)
}

async function writeBaseline(out: string, baseline: Baseline): Promise<void> {
  try {
    await writeWhole(out, `${JSON.stringify(baseline, null, 2)}\n`)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new AnalyzerError('bad-request', `The baseline cannot be written to "${out}": ${reason}.`, { out }, { cause })
  }
}
