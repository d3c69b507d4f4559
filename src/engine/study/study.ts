import type { RequestInput } from '../../shared/contract/requests'
import type { EvidenceSummary, OpenRecording, ScoreView, SegmentInspectionView } from '../../shared/app/study'
import { AnalyzerError } from '../../shared/errors'
import { translator } from '../../shared/locales/translate'
import type { EngineParts } from '../engine-parts'
import { quietJob, type JobContext } from '../jobs/job-context'
import type { ReadOptions } from '../readers/recording'
import { EvidenceShelf, summaryOfEvidence } from './evidence-shelf'
import { RecordingPool, usualPoolLimits } from './recording-pool'
import { RecordingShelf, describeOpen, type HeldRecording } from './recording-shelf'
import { inspectionView, stepsInside } from './inspection-view'
import { domainReasonsOf, scoreView, thresholdsOf } from './score-view'
import { knownRate, TileMaker, usualTileLimits } from './tile-maker'

/** Maps of all evidence in hand together: an hour of one channel by both networks, or many short ones. */
const mapByteLimit = 512 * 2 ** 20

/** What the app works on: recordings that stay open, evidence that stays in hand, and tiles of both. */
export class Study {
  readonly recordings: RecordingShelf
  readonly evidence = new EvidenceShelf(mapByteLimit)
  readonly tiles: TileMaker
  readonly #parts: EngineParts

  constructor(parts: EngineParts) {
    this.#parts = parts
    const pool = new RecordingPool((path, options) => parts.openRecording(path, options), usualPoolLimits)
    this.recordings = new RecordingShelf(pool)
    this.tiles = new TileMaker(this.recordings, this.evidence, usualTileLimits)
  }

  /** @param made as for RecordingShelf.open */
  async open(path: string, read: ReadOptions, made: ReadOptions | undefined): Promise<OpenRecording> {
    return this.describe(await this.recordings.open(path, read, made))
  }

  async configure({ recordingId, properties, text }: RequestInput<'recording.configure'>): Promise<OpenRecording> {
    const before = this.recordings.get(recordingId).revision
    const { held, keepsEvidence } = await this.recordings.configure(recordingId, properties, text)
    if (held.revision !== before) this.tiles.forgetRecording(recordingId)
    if (!keepsEvidence) this.evidence.forgetRecording(recordingId)
    return this.describe(held)
  }

  async close(recordingId: string): Promise<void> {
    this.recordings.get(recordingId)
    this.evidence.forgetRecording(recordingId)
    this.tiles.forgetRecording(recordingId)
    await this.recordings.close(recordingId)
  }

  /** The one pass over a channel; it ends when the recording is closed or read differently meanwhile. */
  async takeEvidence(input: RequestInput<'evidence.start'>, job: JobContext): Promise<EvidenceSummary> {
    const { recordingId, channel: channelIndex, modelId, backend } = input
    const { validity, recording } = this.recordings.get(recordingId)
    const channel = this.recordings.sourceChannel(recordingId, channelIndex)
    const sampleRateHz = knownRate(channel)
    const { sampleCount } = channel
    const signal = AbortSignal.any([job.signal, validity.signal])
    try {
      const taken = await this.#parts.takeEvidence({ channel, sampleRateHz, modelId, backend }, { ...job, signal })
      signal.throwIfAborted()
      const held = this.evidence.add({ ...taken, recordingId, channelIndex, sampleRateHz, sampleCount })
      return summaryOfEvidence(held, domainReasonsOf(held))
    } catch (error) {
      if (job.signal.aborted || !validity.signal.aborted) throw error
      throw new AnalyzerError(
        'bad-request',
        `"${recording.name}" was closed or read differently while it was analysed; its evidence is void.`,
        { recordingId },
      )
    }
  }

  score({ evidenceId, segmentSeconds, faultThreshold, locale }: RequestInput<'score.get'>): ScoreView {
    return scoreView(this.evidence.get(evidenceId), segmentSeconds, faultThreshold, translator(locale))
  }

  async inspect(input: RequestInput<'segment.inspect'>, signal: AbortSignal): Promise<SegmentInspectionView> {
    const held = this.evidence.get(input.evidenceId)
    const { card, recordingId, channelIndex } = held
    const range = stepsInside(held, input.startSeconds, input.endSeconds)
    const { firstStep, stepCount } = range
    const { featureChannels, columnLimit } = input
    const request = { modelId: card.id, signal: held.signal, firstStep, stepCount, columnLimit }
    const inspected = await this.#parts.inspectSteps(request, { ...quietJob, signal })
    const channel = this.recordings.channel(recordingId, channelIndex)
    const thresholds = thresholdsOf(held, input.faultThreshold)
    const isOutOfDomain = domainReasonsOf(held).length > 0
    const source = { held, range, inspected, thresholds, isOutOfDomain, featureChannels, columnLimit, channel }
    return inspectionView(source, signal)
  }

  describe(held: HeldRecording): OpenRecording {
    return describeOpen(held, this.evidence.idsOf(held.id))
  }

  async dispose(): Promise<void> {
    this.evidence.clear()
    await this.recordings.closeAll()
  }
}
