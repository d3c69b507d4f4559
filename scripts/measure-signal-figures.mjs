// npm run bench:signals: how good the speed estimate and the choice of an envelope's band are; writes docs/diagnosis.md.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { root, withModules } from './load-modules.mjs'

const document = join(root, 'docs', 'diagnosis.md')
const dataFolder = process.argv[2] ?? join(root, '..', 'shared', 'data')
await withModules(async (load) => {
  const { writeSignalFigures } = await load('/bench/signal-figures/run.ts')
  await writeSignalFigures(document, dataFolder)
  execFileSync('npx', ['prettier', '--write', document], {
    cwd: root,
    stdio: 'ignore',
    shell: process.platform === 'win32',
  })
})
