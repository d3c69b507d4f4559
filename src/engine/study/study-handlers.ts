import type { Handlers } from '../../shared/contract/dispatch'
import type { RequestName } from '../../shared/contract/requests'
import { studyRequests } from '../../shared/contract/study-requests'
import { AnalyzerError } from '../../shared/errors'

export type StudyHandlers = Pick<Handlers, keyof typeof studyRequests & RequestName>

/** Placeholder until the app's part of the engine is in: every request is refused. */
export function createStudyHandlers(): StudyHandlers {
  const refuse = (name: string) => () =>
    Promise.reject(new AnalyzerError('bad-request', `The engine does not answer "${name}" yet.`))
  return Object.fromEntries(Object.keys(studyRequests).map((name) => [name, refuse(name)])) as unknown as StudyHandlers
}
