#!/usr/bin/env node
// Runs dist/cli/index.js. In a checkout (src/ is there) it builds first when sources are newer; prints nothing of its own.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

if (existsSync(join(root, 'src/cli/index.ts'))) {
  const { buildWhenStale } = await import('./build-when-stale.mjs')
  await buildWhenStale('cli')
  // help needs no page
  if (process.argv[2] === 'serve' && !process.argv.includes('--help')) await buildWhenStale('renderer')
}
await import(pathToFileURL(join(root, 'dist/cli/index.js')).href)
