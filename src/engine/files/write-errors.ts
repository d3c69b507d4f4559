import { AnalyzerError } from '../../shared/errors'

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: "the user's share of the disk is used up",
  EROFS: 'the disk is read-only',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  ENOTDIR: 'a part of its path is no folder',
  EISDIR: 'a folder has this name',
  ENAMETOOLONG: 'the name is too long',
  EBUSY: 'another program uses it',
  EIO: 'the drive reports an error',
  EMFILE: 'too many files are open',
  ENOENT: 'its folder is not there',
}

/** The code of a file system's error ("ENOSPC"); undefined for anything else. */
export function fileErrorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/** One sentence for a write that failed; `keeps` says what is safe all the same. Bugs pass through as they are. */
export function describeWriteError(error: unknown, path: string, keeps: string): unknown {
  const code = fileErrorCode(error)
  if (error instanceof AnalyzerError || code === undefined) return error
  const reason = reasons[code] ?? `the system says ${code}`
  return new AnalyzerError(
    'bad-request',
    `"${path}" cannot be written: ${reason}. ${keeps}`,
    { path, code },
    { cause: error },
  )
}
