import { join } from 'node:path'
import type { Handlers } from '../../shared/contract/dispatch'
import type { RequestInput, RequestName } from '../../shared/contract/requests'
import type { studyRequests } from '../../shared/contract/study-requests'
import { AnalyzerError } from '../../shared/errors'
import { computeIndicators } from '../analysis/indicators'
import { readProgramVersion } from '../package-root'
import { quietJob } from '../jobs/job-context'
import type { Channel } from '../readers/recording'
import type { Session } from '../session'
import { stretchOf, untilAborted } from './panel-range'
import { panelSpectrum } from './panel-spectrum'

export type StudyHandlers = Pick<Handlers, keyof typeof studyRequests & RequestName>
type PanelStretch = Pick<RequestInput<'panel.waveform'>, 'recordingId' | 'channel' | 'startSample' | 'endSample'>
type Some<Names extends keyof StudyHandlers> = Pick<StudyHandlers, Names>

/** What a view of the waveform may ask for at once: 4 MB. */
const waveformSampleLimit = 1_000_000

/** Requests of the app: on recordings that stay open and evidence that stays in hand. */
export function createStudyHandlers(session: Session): StudyHandlers {
  return {
    ...recordingHandlers(session),
    ...evidenceHandlers(session),
    ...panelHandlers(session),
    'text.preview': async ({ file, read }, context) => {
      const { previewText } = await import('./text-preview')
      return previewText(context.resolveFile(file), read)
    },
    'backend.check': () => session.parts.checkBackends(),
    'tile.get': ({ track, level, index }, context) => session.study.tiles.get(track, level, index, context.signal),
    'app.info': async () => ({ version: readProgramVersion(), platform: `${process.platform} ${process.arch}` }),
  }
}

function recordingHandlers(
  session: Session,
): Some<'recording.open' | 'recording.configure' | 'recording.quality' | 'recording.close' | 'demo.open'> {
  const { study, parts } = session
  return {
    'recording.open': ({ file, read }, context) => study.open(context.resolveFile(file), read, undefined),
    'recording.configure': (input) => study.configure(input),
    'recording.quality': async ({ recordingId }, context) => {
      const { recording } = study.recordings.get(recordingId)
      const channels = recording.channels.map((channel) => untilAborted(channel, context.signal))
      return parts.checkQuality({ ...recording, channels })
    },
    'recording.close': async ({ recordingId }) => {
      await study.close(recordingId)
      return {}
    },
    'demo.open': async () => {
      const path = join(await session.makeFolder(), 'demo-motor.wav')
      return study.open(path, {}, await parts.writeDemoRecording(path))
    },
  }
}

function evidenceHandlers(
  session: Session,
): Some<'evidence.start' | 'evidence.result' | 'evidence.forget' | 'score.get'> {
  const { study, jobs, evidences } = session
  return {
    'evidence.start': async (input) => {
      study.recordings.channel(input.recordingId, input.channel)
      const { jobId, ended } = jobs.start((job) => study.takeEvidence(input, job))
      evidences.keep(jobId, ended)
      return { jobId }
    },
    'evidence.result': ({ jobId }, context) => evidences.get(jobId, context.signal),
    'evidence.forget': async ({ evidenceId }) => {
      study.evidence.forget(evidenceId)
      return {}
    },
    'score.get': async (input) => study.score(input),
  }
}

function panelHandlers({
  study,
}: Session): Some<'segment.inspect' | 'panel.spectrum' | 'panel.waveform' | 'panel.indicators'> {
  const stretch = ({ recordingId, channel, startSample, endSample }: PanelStretch, signal: AbortSignal): Channel => {
    const whole = untilAborted(study.recordings.channel(recordingId, channel), signal)
    return stretchOf(whole, { start: startSample, end: endSample })
  }
  return {
    'segment.inspect': (input, { signal }) => study.inspect(input, signal),
    'panel.spectrum': ({ frameLength, overlap, taper, envelopeBandHz, ...range }, { signal }) =>
      panelSpectrum(stretch(range, signal), { frameLength, overlap, taper, envelopeBandHz }, signal),
    'panel.waveform': async (range, { signal }) => {
      const { unit, sampleCount, read } = stretch(range, signal)
      if (sampleCount > waveformSampleLimit) {
        throw new AnalyzerError(
          'bad-request',
          `${sampleCount} samples were asked for; at most ${waveformSampleLimit} are given at once.`,
          { sampleCount, limit: waveformSampleLimit },
        )
      }
      return { unit: unit ?? null, samples: await read({ start: 0, end: sampleCount }) }
    },
    'panel.indicators': async (range, { signal }) => {
      const { unit, sampleRateHz, ...channel } = stretch(range, signal)
      const indicators = await computeIndicators({ ...channel, unit, sampleRateHz }, sampleRateHz, {
        ...quietJob,
        signal,
      })
      return { unit: unit ?? null, indicators }
    },
  }
}
