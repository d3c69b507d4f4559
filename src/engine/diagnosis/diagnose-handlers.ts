import type { Handlers, RequestContext } from '../../shared/contract/dispatch'
import type { diagnosisRequests } from '../../shared/contract/diagnosis-requests'
import type { RequestInput } from '../../shared/contract/requests'
import type { DiagnosisView, EnvelopeLinesView } from '../../shared/diagnosis/witness-views'
import { AnalyzerError } from '../../shared/errors'
import { translator } from '../../shared/locales/translate'
import { sampleRateOf } from '../analysis/given-rate'
import { quietJob, type JobContext } from '../jobs/job-context'
import type { Channel, Recording } from '../readers/recording'
import type { Session } from '../session'
import type { HeldEvidence } from '../study/evidence-shelf'
import { verdictOfEvidence } from '../study/score-view'
import { diagnose, hearEnvelope, type NetworkStatement } from './diagnose'
import { evidenceSound } from './evidence-sound'
import { evidenceSpectrum } from './evidence-spectrum'
import type { EvidenceOfChannel } from './evidence-stretches'
import { withChannel } from './read-signal'
import { findBearingOf } from './user-bearings'
import type { LineSpectrum } from './witness-lines'

type DiagnosisHandlers = Pick<Handlers, keyof typeof diagnosisRequests>

export function createDiagnosisHandlers(session: Session): DiagnosisHandlers {
  return {
    'diagnosis.get': (input, context) =>
      withChannel(session, input, context, async (channel, recording) => {
        const { bearing: name } = input
        const { config } = session.parts.userFolders
        const bearing = name === undefined ? undefined : await findBearingOf(config, name)
        const shaftSpeedRpm = input.shaftSpeedRpm ?? recording.metadata.shaftSpeedRpm?.value
        const settings = { shaftSpeedRpm, bearing, bandHz: input.bandHz }
        const translate = translator(input.locale)
        const rateHz = sampleRateOf(channel, recording.name)
        const envelope = await hearEnvelope(channel, rateHz, settings, translate, jobOf(context))
        const network = networkOf(session, input, channel, recording)
        return {
          diagnosis: diagnose(envelope, network, translate),
          spectra: envelope.asked.spectra.map(viewOf),
        } satisfies DiagnosisView
      }),
    'evidence.spectrum': ({ evidenceId, ...options }, context) => {
      const { channel, held, evidence } = heldChannel(session, evidenceId)
      const asked = { thresholdLogit: options.thresholdLogit, envelopeBandHz: options.envelopeBandHz }
      return evidenceSpectrum(channel, held.sampleRateHz, evidence, asked, jobOf(context))
    },
    'evidence.sound': ({ evidenceId, slowdown, thresholdLogit, envelopeBandHz }, context) => {
      const { channel, held, evidence } = heldChannel(session, evidenceId)
      const asked = { thresholdLogit, slowdown, envelopeBandHz }
      return evidenceSound(channel, held.sampleRateHz, evidence, asked, jobOf(context))
    },
  }
}

function jobOf({ signal }: RequestContext): JobContext {
  return { ...quietJob, signal }
}

/** Evidence must be of the very channel that the envelope is asked about. */
function networkOf(
  { study }: Session,
  { evidenceId, recordingId }: RequestInput<'diagnosis.get'>,
  channel: Channel,
  recording: Recording,
): NetworkStatement | undefined {
  if (evidenceId === undefined) return undefined
  const held = study.evidence.get(evidenceId)
  const own = recording.channels[held.channelIndex]
  if (held.recordingId !== recordingId || own.name !== channel.name) {
    throw new AnalyzerError(
      'bad-request',
      `Evidence "${evidenceId}" is not of channel "${channel.name}" of "${recording.name}"; ask for both of one channel.`,
      { evidenceId },
    )
  }
  return { verdict: verdictOfEvidence(held), card: held.card, track: held.track }
}

function heldChannel(
  { study }: Session,
  evidenceId: string,
): { readonly channel: Channel; readonly held: HeldEvidence; readonly evidence: EvidenceOfChannel } {
  const held = study.evidence.get(evidenceId)
  const channel = study.recordings.channel(held.recordingId, held.channelIndex)
  return { channel, held, evidence: { track: held.track, modelRateHz: held.card.sampleRateHz } }
}

function viewOf({ bandHz, binHz, power, noise }: LineSpectrum): EnvelopeLinesView {
  const depth = (values: Float64Array): Float32Array => Float32Array.from(values, (value) => Math.sqrt(2 * value))
  return { bandHz, binHz, depth: depth(power), noise: depth(noise) }
}
