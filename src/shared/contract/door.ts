import type { z } from 'zod'
import { AnalyzerError } from '../errors'
import type { Reply } from './reply'
import { failure } from './reply'

export interface DoorContext {
  readonly signal: AbortSignal
  /** Told of whatever was thrown that is not an AnalyzerError: a bug, with its stack. */
  reportBug(error: unknown): void
}

/**
 * What the door of the engine and the door of a shell have in common: bad input and whatever is thrown become a Reply.
 * `internal` never carries a stack or the text of the bug.
 */
export async function answerChecked<Input>(
  name: string,
  schema: z.ZodType<Input>,
  rawInput: unknown,
  answer: (input: Input) => Promise<unknown>,
  context: DoorContext,
): Promise<Reply<unknown>> {
  const parsed = schema.safeParse(rawInput)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const place = issue.path.length === 0 ? 'the input' : `"${issue.path.join('.')}"`
    return failure('bad-request', `Request ${name}: ${place} is not as expected (${issue.message}).`)
  }
  try {
    context.signal.throwIfAborted()
    return { ok: true, value: await answer(parsed.data) }
  } catch (error) {
    return replyToError(error, context)
  }
}

function replyToError(error: unknown, context: DoorContext): Reply<never> {
  if (context.signal.aborted) return failure('cancelled', 'The request was cancelled.')
  if (error instanceof AnalyzerError) return failure(error.code, error.message, error.details)
  context.reportBug(error)
  return failure('internal', 'Something went wrong inside VibraLens; this is a bug, not a fault of your file.')
}
