import { join } from 'node:path'
import type { Handlers } from '../../shared/contract/dispatch'
import type { RequestName } from '../../shared/contract/requests'
import type { studyRequests } from '../../shared/contract/study-requests'
import { AnalyzerError } from '../../shared/errors'
import { readProgramVersion } from '../package-root'
import type { Recording } from '../readers/recording'
import type { Session } from '../session'

export type StudyHandlers = Pick<Handlers, keyof typeof studyRequests & RequestName>
type Some<Names extends keyof StudyHandlers> = Pick<StudyHandlers, Names>

/** Requests of the app: on recordings that stay open and evidence that stays in hand. */
export function createStudyHandlers(session: Session): StudyHandlers {
  return {
    ...recordingHandlers(session),
    ...evidenceHandlers(session),
    ...panelHandlers(),
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
    'recording.quality': ({ recordingId }, context) =>
      parts.checkQuality(untilAborted(study.recordings.get(recordingId).recording, context.signal)),
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

function panelHandlers(): Some<
  'segment.inspect' | 'panel.spectrum' | 'panel.waveform' | 'panel.indicators' | 'text.preview' | 'backend.check'
> {
  const refuse = (name: string) => () =>
    Promise.reject(new AnalyzerError('bad-request', `The engine does not answer "${name}" yet.`))
  return {
    'segment.inspect': refuse('segment.inspect'),
    'panel.spectrum': refuse('panel.spectrum'),
    'panel.waveform': refuse('panel.waveform'),
    'panel.indicators': refuse('panel.indicators'),
    'text.preview': refuse('text.preview'),
    'backend.check': refuse('backend.check'),
  }
}

/** A recording whose reads end when the signal is aborted, for work that knows no signals. */
function untilAborted(recording: Recording, signal: AbortSignal): Recording {
  const channels = recording.channels.map((channel) => ({
    ...channel,
    read: (range: Parameters<typeof channel.read>[0]) => {
      signal.throwIfAborted()
      return channel.read(range)
    },
  }))
  return { ...recording, channels }
}
