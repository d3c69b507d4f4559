// npm run bench:signals: how good the speed estimate and the choice of an envelope's band are; writes docs/diagnosis.md.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))
const document = join(root, 'docs', 'diagnosis.md')
const dataFolder = process.argv[2] ?? join(root, '..', 'shared', 'data')
const server = await createServer({
  root,
  configFile: false,
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  appType: 'custom',
  optimizeDeps: { noDiscovery: true },
  logLevel: 'error',
})
try {
  const { writeSignalFigures } = await server.ssrLoadModule('/bench/signal-figures/run.ts')
  await writeSignalFigures(document, dataFolder)
  execFileSync('npx', ['prettier', '--write', document], {
    cwd: root,
    stdio: 'ignore',
    shell: process.platform === 'win32',
  })
} finally {
  await server.close()
}
