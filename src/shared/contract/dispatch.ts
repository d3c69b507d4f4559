import type { DoorContext } from './door'
import { answerChecked } from './door'
import type { Reply } from './reply'
import { failure } from './reply'
import type { RequestInput, RequestName, RequestOutput } from './requests'
import { isRequestName, requests } from './requests'

/** What a shell gives beside the input. */
export interface RequestContext extends DoorContext {
  /**
   * The path that a handle stands for. Shells whose user sits elsewhere (renderer, browser) resolve only what the user
   * granted and throw `bad-request` otherwise; the command line resolves every path to itself.
   */
  resolveFile(handle: string): string
}

export type Handlers = {
  readonly [Name in RequestName]: (input: RequestInput<Name>, context: RequestContext) => Promise<RequestOutput<Name>>
}

/**
 * The single door for Electron, browser and command line: unknown names, bad input and whatever is thrown become a
 * Reply here, once.
 */
export async function dispatch(
  handlers: Handlers,
  name: string,
  rawInput: unknown,
  context: RequestContext,
): Promise<Reply<unknown>> {
  if (!isRequestName(name)) {
    return failure('bad-request', `There is no request "${name}"; known are ${Object.keys(requests).join(', ')}.`)
  }
  // checked boundary: the input goes through the schema of this very name
  const handler = handlers[name] as (input: unknown, context: RequestContext) => Promise<unknown>
  return answerChecked<unknown>(name, requests[name].input, rawInput, (input) => handler(input, context), context)
}
