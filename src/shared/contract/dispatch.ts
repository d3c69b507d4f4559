import { AnalyzerError } from '../errors'
import type { Reply } from './reply'
import { failure } from './reply'
import type { RequestInput, RequestName, RequestOutput } from './requests'
import { isRequestName, requests } from './requests'

/** What a shell gives beside the input. */
export interface RequestContext {
  readonly signal: AbortSignal
  /**
   * The path that a handle stands for. Shells whose user sits elsewhere (renderer, browser) resolve only what the user
   * granted and throw `bad-request` otherwise; the command line resolves every path to itself.
   */
  resolveFile(handle: string): string
  /** Told of whatever was thrown that is not an AnalyzerError: a bug, with its stack. */
  reportBug(error: unknown): void
}

export type Handlers = {
  readonly [Name in RequestName]: (input: RequestInput<Name>, context: RequestContext) => Promise<RequestOutput<Name>>
}

/**
 * The single door for Electron, browser and command line: unknown names, bad input and whatever is thrown become a
 * Reply here, once. `internal` never carries a stack or the text of the bug.
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
  const parsed = requests[name].input.safeParse(rawInput)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const place = issue.path.length === 0 ? 'the input' : `"${issue.path.join('.')}"`
    return failure('bad-request', `Request ${name}: ${place} is not as expected (${issue.message}).`)
  }
  try {
    context.signal.throwIfAborted()
    // checked boundary: `parsed.data` went through the schema of this very name
    const handler = handlers[name] as (input: unknown, context: RequestContext) => Promise<unknown>
    return { ok: true, value: await handler(parsed.data, context) }
  } catch (error) {
    return replyToError(error, context)
  }
}

function replyToError(error: unknown, context: RequestContext): Reply<never> {
  if (context.signal.aborted) return failure('cancelled', 'The request was cancelled.')
  if (error instanceof AnalyzerError) return failure(error.code, error.message, error.details)
  context.reportBug(error)
  return failure('internal', 'Something went wrong inside VibraLens; this is a bug, not a fault of your file.')
}
