import type { ErrorCode } from '../shared/errors'

/** Stable (DESIGN.md §5): scripts rely on them. */
export const exitCodes = {
  done: 0,
  internal: 1,
  badRequest: 2,
  file: 3,
  model: 4,
  fault: 10,
  different: 11,
  cancelled: 130,
} as const

const byErrorCode: Readonly<Record<ErrorCode, number>> = {
  cancelled: exitCodes.cancelled,
  'bad-request': exitCodes.badRequest,
  'unreadable-file': exitCodes.file,
  'unsupported-format': exitCodes.file,
  'model-mismatch': exitCodes.model,
  'backend-unavailable': exitCodes.model,
  internal: exitCodes.internal,
}

export function exitCodeOf(code: ErrorCode): number {
  return byErrorCode[code]
}
