import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { AnalyzerError } from '../../shared/errors'
import { existsSync } from 'node:fs'

/** Where the two weights of our typeface lie. @throws AnalyzerError internal where the package is incomplete */
export function fontFiles(): Readonly<Record<400 | 700, string>> {
  const folder = fontFolder()
  const files = {
    400: join(folder, '400Regular', 'NotoSansSC_400Regular.ttf'),
    700: join(folder, '700Bold', 'NotoSansSC_700Bold.ttf'),
  }
  const missing = Object.values(files).find((file) => !existsSync(file))
  if (missing === undefined) return files
  throw new AnalyzerError('internal', `The typeface ${missing} is missing; install VibraLens again.`, { missing })
}

function fontFolder(): string {
  try {
    return dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/package.json'))
  } catch (cause) {
    const sentence = 'The typeface Noto Sans SC is missing; install VibraLens again.'
    throw new AnalyzerError('internal', sentence, {}, { cause })
  }
}
