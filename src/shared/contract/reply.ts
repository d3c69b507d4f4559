import type { ErrorCode, ErrorDetails } from '../errors'
import { AnalyzerError } from '../errors'

export interface ReplyError {
  readonly code: ErrorCode
  readonly message: string
  readonly details: ErrorDetails
}

/** Every request is answered by one of these, over every transport; nothing is thrown across. */
export type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ReplyError }

export function failure(code: ErrorCode, message: string, details: ErrorDetails = {}): Reply<never> {
  return { ok: false, error: { code, message, details } }
}

/** The value, or the reply's error as an AnalyzerError: for callers that live on exceptions. */
export function unwrap<T>(reply: Reply<T>): T {
  if (reply.ok) return reply.value
  throw new AnalyzerError(reply.error.code, reply.error.message, reply.error.details)
}
