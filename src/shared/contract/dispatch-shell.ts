import type { DoorContext } from './door'
import { answerChecked } from './door'
import type { Reply } from './reply'
import { failure } from './reply'
import type { ShellRequestInput, ShellRequestName, ShellRequestOutput } from './shell-requests'
import { shellRequests } from './shell-requests'

/** What a shell can do; requests that it lacks are refused. */
export type ShellHandlers = {
  readonly [Name in ShellRequestName]?: (input: ShellRequestInput<Name>) => Promise<ShellRequestOutput<Name>>
}

/** The door of the shell's own requests, as `dispatch` is the engine's. */
export async function dispatchShell(
  handlers: ShellHandlers,
  name: ShellRequestName,
  rawInput: unknown,
  context: DoorContext,
): Promise<Reply<unknown>> {
  // checked boundary: the input goes through the schema of this very name
  const handler = handlers[name] as ((input: unknown) => Promise<unknown>) | undefined
  if (handler === undefined) return failure('bad-request', `This shell of VibraLens does not answer ${name}.`)
  return answerChecked<unknown>(name, shellRequests[name].input, rawInput, handler, context)
}
