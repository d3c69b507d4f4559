import type { Handlers } from '../../shared/contract/dispatch'
import { projectRequests } from '../../shared/contract/project-requests'
import { AnalyzerError } from '../../shared/errors'

/** Placeholder until the project's part of the engine is in: every request is refused. */
export function createProjectHandlers(): Pick<Handlers, keyof typeof projectRequests> {
  const refuse = (name: string) => () =>
    Promise.reject(new AnalyzerError('bad-request', `The engine does not answer "${name}" yet.`))
  return Object.fromEntries(Object.keys(projectRequests).map((name) => [name, refuse(name)])) as never
}
