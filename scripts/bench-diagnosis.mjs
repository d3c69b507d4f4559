// npm run bench:diagnosis: figures of the second witness and of the beat of the evidence, into docs/diagnosis.md.
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))
process.chdir(root)
execFileSync(process.execPath, ['scripts/build-kernels.mjs'], { cwd: root, stdio: 'inherit' })
const server = await createServer({
  root,
  configFile: false,
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  appType: 'custom',
  optimizeDeps: { noDiscovery: true },
  logLevel: 'error',
})
try {
  const { runDiagnosisBench } = await server.ssrLoadModule('/bench/diagnosis/run.ts')
  await runDiagnosisBench((line) => process.stdout.write(`${line}\n`))
  execFileSync(process.execPath, ['node_modules/prettier/bin/prettier.cjs', '--write', 'docs/diagnosis.md'])
} finally {
  await server.close()
}
