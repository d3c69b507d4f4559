import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { AnalyzerError } from '../shared/errors'
import { isLikelyRecording } from '../shared/recording-names'

const mostFiles = 10_000

/** Paths of what may be recordings below a folder, in reading order; links are not followed. */
export async function listRecordings(folder: string): Promise<readonly string[]> {
  const found: string[] = []
  await walk(folder, found)
  return found
}

async function walk(folder: string, found: string[]): Promise<void> {
  const items = await readdir(folder, { withFileTypes: true })
  items.sort((one, other) => one.name.localeCompare(other.name, undefined, { numeric: true }))
  for (const item of items) {
    const path = join(folder, item.name)
    if (item.isDirectory() && !item.name.startsWith('.')) await walk(path, found)
    else if (item.isFile() && isLikelyRecording(item.name)) found.push(path)
    if (found.length > mostFiles) {
      throw new AnalyzerError('bad-request', `The folder holds more than ${mostFiles} files; choose one of its parts.`)
    }
  }
}
