import { createRequire } from 'node:module'
import type { Resvg } from '@resvg/resvg-js'
import { AnalyzerError } from '../../shared/errors'

interface ResvgModule {
  readonly Resvg: typeof Resvg
}

/**
 * What draws pictures: a native addon, a package of its own a platform, which `--omit=optional` leaves out. It is
 * loaded where something is drawn, so that everything else works without it.
 * @throws AnalyzerError backend-unavailable where it is missing or does not start
 */
export function loadResvg(load: () => unknown = requireResvg): ResvgModule {
  try {
    return load() as ResvgModule // its own types are checked where it is used
  } catch (cause) {
    const platform = `${process.platform}-${process.arch}`
    const sentence =
      `Pictures cannot be drawn: the part of @resvg/resvg-js for ${platform} is missing or does not start; ` +
      'run "npm ci --include=optional" in the folder of VibraLens.'
    throw new AnalyzerError('backend-unavailable', sentence, { platform }, { cause })
  }
}

function requireResvg(): unknown {
  return createRequire(import.meta.url)('@resvg/resvg-js')
}
