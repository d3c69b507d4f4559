// npm run bench:diagnosis: figures of the second witness and of the beat of the evidence, into docs/diagnosis.md.
import { execFileSync } from 'node:child_process'
import { root, withModules } from './load-modules.mjs'

process.chdir(root)
execFileSync(process.execPath, ['scripts/build-kernels.mjs'], { cwd: root, stdio: 'inherit' })
await withModules(async (load) => {
  const { runDiagnosisBench } = await load('/bench/diagnosis/run.ts')
  await runDiagnosisBench((line) => process.stdout.write(`${line}\n`))
  execFileSync(process.execPath, ['node_modules/prettier/bin/prettier.cjs', '--write', 'docs/diagnosis.md'])
})
