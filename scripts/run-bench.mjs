// npm run bench, npm run bench:ui: every case of bench/cases in one run; writes bench/results.json and bench/README.md.
// PYTHON names a Python with numpy, scipy, pandas and torch; what it lacks is said to be not measured.
import { execFileSync } from 'node:child_process'
import { loadavg } from 'node:os'
import { root, withModules } from './load-modules.mjs'

execFileSync(process.execPath, ['scripts/build-kernels.mjs'], { cwd: root, stdio: 'inherit' })
const [load] = loadavg()
if (load > 0.5)
  process.stderr.write(`The machine is not idle (load ${load.toFixed(1)}): ratios of wall time will be rough.\n`)
const [first, ...rest] = process.argv.slice(2)
await withModules(async (loadModule) => {
  if (first === '--ui') {
    const { runUiBench } = await loadModule('/bench/ui/run-ui.ts')
    await runUiBench(root, rest)
  } else {
    const { runBench } = await loadModule('/bench/run.ts')
    await runBench(process.env.PYTHON ?? 'python3', load, process.argv.slice(2))
  }
})
