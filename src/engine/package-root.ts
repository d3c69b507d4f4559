import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AnalyzerError } from '../shared/errors'

/** The folder with our package.json, above the sources, dist/ or out/ alike: resources and fonts are found from there. */
export function findPackageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder)
    if (parent === folder) throw new AnalyzerError('internal', 'package.json of VibraLens is not above its program.')
    folder = parent
  }
  return folder
}

export function readProgramVersion(): string {
  const text = readFileSync(join(findPackageRoot(), 'package.json'), 'utf8')
  const { version } = JSON.parse(text) as { version: string } // our own file
  return version
}
