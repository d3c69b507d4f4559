import { resolve } from 'node:path'
import { AnalyzerError } from '../shared/errors'
import type { CliIo } from './io'

/** Whole or not at all: a half-written result is worse than none. */
export async function writeOutput(io: CliIo, file: string, content: string | Uint8Array): Promise<void> {
  const path = resolve(io.workingFolder, file)
  try {
    const { writeWhole } = await import('../engine/index') // loaded by now: it made the content
    await writeWhole(path, content)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new AnalyzerError('bad-request', `"${file}" cannot be written (${reason}).`, {}, { cause })
  }
}
