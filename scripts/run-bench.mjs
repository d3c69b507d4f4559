// npm run bench, npm run bench:ui: every case of bench/cases in one run; writes bench/results.json and bench/README.md.
// PYTHON names a Python with numpy, scipy, pandas and torch; what it lacks is said to be not measured.
import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'
import { execFileSync } from 'node:child_process'

const root = fileURLToPath(new URL('..', import.meta.url))
execFileSync(process.execPath, ['scripts/build-kernels.mjs'], { cwd: root, stdio: 'inherit' })
const [load] = loadavg()
if (load > 0.5)
  process.stderr.write(`The machine is not idle (load ${load.toFixed(1)}): ratios of wall time will be rough.\n`)
const server = await createServer({
  root,
  configFile: false,
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  appType: 'custom',
  optimizeDeps: { noDiscovery: true },
  logLevel: 'error',
})
const [first, ...rest] = process.argv.slice(2)
try {
  if (first === '--ui') {
    const { runUiBench } = await server.ssrLoadModule('/bench/ui/run-ui.ts')
    await runUiBench(root, rest)
  } else {
    const { runBench } = await server.ssrLoadModule('/bench/run.ts')
    await runBench(process.env.PYTHON ?? 'python3', load, process.argv.slice(2))
  }
} finally {
  await server.close()
}
