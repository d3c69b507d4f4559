// npm run dist[:dir] [-- electron-builder's flags]: builds and packs. ELECTRON_DIST names the folder of a local Electron,
// for machines that cannot fetch it.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildWhenStale } from './build-when-stale.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const words = ['--publish', 'never', ...process.argv.slice(2)]
const dist = process.env.ELECTRON_DIST
if (dist !== undefined && dist !== '') {
  const folder = resolve(dist)
  if (!existsSync(folder)) {
    process.stderr.write(
      `ELECTRON_DIST names "${folder}", which is not there; expected the folder of an unpacked Electron.\n`,
    )
    process.exit(2)
  }
  words.push(`-c.electronDist=${folder}`)
}
await buildWhenStale('window')
const builder = join(
  dirname(createRequire(join(root, 'package.json')).resolve('electron-builder/package.json')),
  'cli.js',
)
const { status } = spawnSync(process.execPath, [builder, ...words], { cwd: root, stdio: 'inherit' })
process.exit(status ?? 1)
