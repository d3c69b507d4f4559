// Runs inference-worker.ts from source in a worker thread (tests, checkouts without a build): vite bundles it.
import { createHash } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { threadId } from 'node:worker_threads'
import { build } from 'vite'

const here = fileURLToPath(new URL('.', import.meta.url))
const bundle = await build({
  configFile: false,
  logLevel: 'error',
  publicDir: false,
  build: {
    ssr: join(here, 'inference-worker.ts'),
    write: false,
    minify: false,
    rollupOptions: { output: { format: 'es', codeSplitting: false } },
  },
})
const { code } = bundle.output[0]
// inside the project, so that the packages left external are found from there; named by content: threads may share it
const folder = join(here, '..', '..', '..', 'node_modules', '.cache', 'vibralens-worker')
const file = join(folder, `${createHash('sha256').update(code).digest('hex').slice(0, 16)}.mjs`)
const half = `${file}.${process.pid}.${threadId}`
await mkdir(folder, { recursive: true })
await writeFile(half, code)
await rename(half, file)
await import(pathToFileURL(file).href)
