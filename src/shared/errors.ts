/** Closed set: programs branch on the code, people read the sentence. */
export const errorCodes = [
  'cancelled',
  'bad-request',
  'unreadable-file',
  'unsupported-format',
  'model-mismatch',
  'backend-unavailable',
  'internal',
] as const
export type ErrorCode = (typeof errorCodes)[number]

export type ErrorDetails = Readonly<Record<string, string | number | boolean | undefined>>

/**
 * What a user is told: one sentence that says what failed, with which value, and what was expected.
 * Anything thrown that is not an AnalyzerError is a bug and is answered as `internal`.
 */
export class AnalyzerError extends Error {
  readonly code: ErrorCode
  readonly details: ErrorDetails

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, options?: { readonly cause?: unknown }) {
    super(message, options)
    this.name = 'AnalyzerError'
    this.code = code
    this.details = details
  }
}
