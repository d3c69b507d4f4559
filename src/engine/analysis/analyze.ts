import type { AnalysisResult, BackendName } from '../../shared/analysis'
import type { BearingEntry } from '../../shared/diagnosis/bearing'
import type { Translate } from '../../shared/locales/translate'
import { diagnose, hearEnvelope, type DiagnosisSettings, type EnvelopeStatement } from '../diagnosis/diagnose'
import { isShaftSpeed } from '../diagnosis/speed-checks'
import type { PowerFrames } from '../inference/network-input'
import { quietJob, type JobContext } from '../jobs/job-context'
import { checkChannelQuality } from '../readers/quality'
import { findIdenticalChannels } from '../readers/quality-pairs'
import type { Channel, Notice, ReadOptions, Recording } from '../readers/recording'
import { baselineSha256, type Baseline } from './baseline'
import { decideChannel } from './decide-channel'
import { sampleRateOf } from './given-rate'
import { channelSpectrum } from './channel-spectrum'
import { computeIndicators } from './indicators'
import { conditionForModel } from './gather-evidence'
import { judgeChannel, type Judgement } from './judge-channel'
import type { LoadedModel } from './model-shelf'
import type { AnalysisOutcome, ChannelCharts } from './outcome'
import { buildPictureModel, type JudgedModel, type PictureSource } from './picture-data'

export interface AnalysisRequest {
  readonly recording: Recording
  readonly sha256: string
  readonly channels: readonly Channel[]
  readonly given: ReadOptions
  /** The first one decides. */
  readonly models: readonly LoadedModel[]
  /** Every model whose map a picture shows, on the same backend. */
  readonly picturedModels: () => Promise<readonly LoadedModel[]>
  readonly backend: BackendName
  /** Undefined = each model's own. */
  readonly segmentSeconds: number | undefined
  /** At most one a model. */
  readonly baselines: readonly Baseline[]
  /** Undefined = unknown. */
  readonly bearing: BearingEntry | undefined
  readonly programVersion: string
  readonly powerFrames: PowerFrames
  readonly translate: Translate
}

/**
 * Every channel by every model. A cancelled job keeps the channels that were finished.
 * @throws AnalyzerError bad-request for a channel whose rate nobody gave
 */
export async function analyzeRecording(request: AnalysisRequest, job: JobContext): Promise<AnalysisOutcome> {
  const { recording, channels } = request
  const rates = channels.map((channel) => sampleRateOf(channel, recording.name))
  const results: AnalysisResult[] = []
  const charts: ChannelCharts[] = []
  const shared = [...recording.notices, ...(await findIdenticalChannels(channels))]
  try {
    for (const [index, channel] of channels.entries()) {
      const sampleRateHz = rates[index]
      const envelope = await hearEnvelope(channel, sampleRateHz, settingsOfDiagnosis(request), request.translate, job)
      const asked = { ...request, channel, sampleRateHz, envelope, shared }
      const judged = await analyzeChannel(asked, job)
      results.push(...judged.map(({ result }) => result))
      charts.push(chartsOf(asked, judged))
    }
  } catch (error) {
    if (!job.signal.aborted) throw error
  }
  return { results, charts }
}

/** A speed that the file says and no shaft has is unknown; one that the user says is refused. */
function settingsOfDiagnosis({ recording, bearing }: AnalysisRequest): DiagnosisSettings {
  const said = recording.metadata.shaftSpeedRpm
  const isUsable = said !== undefined && (said.origin === 'user' || isShaftSpeed(said.value))
  return { shaftSpeedRpm: isUsable ? said.value : undefined, bearing, bandHz: undefined }
}

function chartsOf(request: ChannelRequest, judged: readonly JudgedModel[]): ChannelCharts {
  const { channel, recording } = request
  let source: Promise<PictureSource> | undefined
  return {
    recordedAt: recording.metadata.startTime,
    forget: () => void (source = undefined),
    picture: async (signal, range) =>
      buildPictureModel(await (source ??= pictureSource(request, judged)), signal, range),
    spectrum: (envelopeBandHz) => channelSpectrum(channel, recording.name, envelopeBandHz),
  }
}

/** A picture shows the map of every network: those that were not asked for are run when the first one is drawn. */
async function pictureSource(request: ChannelRequest, judged: readonly JudgedModel[]): Promise<PictureSource> {
  const { channel, sampleRateHz, recording, powerFrames } = request
  const further = (await request.picturedModels()).filter(
    ({ card }) => !judged.some(({ model }) => model.card.id === card.id),
  )
  const besides = await analyzeChannel({ ...request, models: further }, quietJob)
  const { machine } = recording.metadata
  return { channel, sampleRateHz, machine, judged: [...judged, ...besides], powerFrames }
}

interface ChannelRequest extends AnalysisRequest {
  readonly channel: Channel
  readonly sampleRateHz: number
  /** What the second witness says: asked once, whatever the networks. */
  readonly envelope: EnvelopeStatement
  /** Findings about the recording as a whole. */
  readonly shared: readonly Notice[]
}

async function analyzeChannel(request: ChannelRequest, job: JobContext): Promise<JudgedModel[]> {
  const { channel, sampleRateHz, models, shared } = request
  const indicators = await computeIndicators(channel, sampleRateHz, job)
  const judged: JudgedModel[] = []
  for (const model of models) {
    const startedAt = performance.now()
    const { card } = model
    const signal = await conditionForModel(channel, sampleRateHz, card, job)
    const segmentSeconds = request.segmentSeconds ?? card.defaultSegmentSeconds
    const { powerFrames } = request
    const baseline = request.baselines.find(({ modelId }) => modelId === card.id)
    const judgement = await judgeChannel({ signal, model, segmentSeconds, baseline, powerFrames }, job)
    const leastSeconds = card.receptiveFieldSamples / card.sampleRateHz
    const own = await checkChannelQuality(channel, {
      leastRateHz: card.domain.leastSourceRateHz,
      leastSampleCount: Math.ceil(leastSeconds * sampleRateHz),
    })
    const decided = describeVerdict(request, model, judgement, baseline)
    const result = {
      ...describeSource(request),
      ...decided,
      model: { id: card.id, kind: card.kind, sha256: model.sha256 },
      settings: settingsOf(request, model, segmentSeconds, judgement, baseline),
      backend: request.backend,
      indicators,
      diagnosis: diagnose(
        request.envelope,
        { verdict: decided.verdict, card, track: judgement.track },
        request.translate,
      ),
      quality: [...shared, ...own],
      elapsedSeconds: (performance.now() - startedAt) / 1000,
    }
    judged.push({ model, judgement, result })
  }
  return judged
}

function describeSource({
  recording,
  sha256,
  channel,
  sampleRateHz,
}: ChannelRequest): Pick<AnalysisResult, 'schema' | 'file' | 'channel'> {
  return {
    schema: 'vibralens.analysis/1',
    file: { name: recording.name, sha256, format: recording.format, bytes: recording.sizeBytes },
    channel: {
      name: channel.name,
      unit: channel.unit ?? null,
      sampleRateHz,
      sampleCount: channel.sampleCount,
      durationSeconds: channel.sampleCount / sampleRateHz,
    },
  }
}

function describeVerdict(
  { channel, sampleRateHz, translate }: ChannelRequest,
  { card }: LoadedModel,
  judgement: Judgement,
  baseline: Baseline | undefined,
): Pick<AnalysisResult, 'verdict' | 'label' | 'score' | 'probability' | 'reasons' | 'segments' | 'events'> {
  const { track, score, outside, segments } = judgement
  const { thresholds } = card
  const { events, ...decision } = decideChannel({
    channel,
    sampleRateHz,
    card,
    thresholds,
    track,
    score,
    outside,
    judgement,
    baseline,
  })
  const isKnown = decision.verdict !== 'not-applicable'
  return {
    ...decision,
    reasons: decision.reasons.map(({ key, values }) => translate(key, values)),
    segments: isKnown ? segments : segments.map((segment) => ({ ...segment, probability: null })),
    events,
  }
}

function settingsOf(
  { programVersion, given, recording }: ChannelRequest,
  { card }: LoadedModel,
  segmentSeconds: number,
  { plan }: Judgement,
  baseline: Baseline | undefined,
): AnalysisResult['settings'] {
  const { sampleRateHz, unit, shaftSpeedRpm } = given
  return {
    programVersion,
    modelVersion: card.version,
    segmentSeconds,
    segmentStrideSeconds: (plan.strideSteps * card.totalStrideSamples) / card.sampleRateHz,
    thresholds: card.thresholds,
    temperature: card.calibration.temperature,
    colourScaleLogit: card.colourScaleLogit,
    conditioning: card.conditioning,
    spectrogram: card.spectrogram,
    given: { sampleRateHz, unit, shaftSpeedRpm },
    shaftSpeedRpm: recording.metadata.shaftSpeedRpm?.value ?? null,
    baseline:
      baseline === undefined
        ? null
        : {
            sha256: baselineSha256(baseline),
            recordingCount: baseline.recordings.length,
            meanLogit: baseline.meanLogit,
            spreadLogit: baseline.spreadLogit,
          },
  }
}
