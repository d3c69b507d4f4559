import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { z } from 'zod'

/** Small files of the shell's own: where the window was, what was opened. None of them is worth an error. */

/** undefined for a file that is not there, not JSON or of another shape: then the defaults hold. */
export function readStateFile<T>(path: string, schema: z.ZodType<T>): T | undefined {
  try {
    return schema.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data
  } catch {
    return undefined
  }
}

export function writeStateFile(path: string, value: unknown): void {
  try {
    // windows may close at the same time as the process ends: at once, and never half
    writeFileSync(`${path}.new`, `${JSON.stringify(value, null, 2)}\n`)
    renameSync(`${path}.new`, path)
  } catch {
    // a full or read-only disk must not keep the window from closing
  }
}
