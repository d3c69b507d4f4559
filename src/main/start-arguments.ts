import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

/**
 * Files among the arguments of a start: what is no switch and is there. An unpackaged program is started as
 * `electron <folder> …`, so that its own files begin one later.
 */
export function startFilesOf(argv: readonly string[], workingFolder: string, isPackaged: boolean): readonly string[] {
  return argv
    .slice(isPackaged ? 1 : 2)
    .filter((word) => !word.startsWith('-'))
    .map((word) => resolve(workingFolder, word))
    .filter((path) => existsSync(path))
}
