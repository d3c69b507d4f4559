// npm start [-- FILE…]: the window by Electron where its binary and a display are there, else in a browser.
import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildWhenStale } from './build-when-stale.mjs'
import { findElectron, hasDisplay } from './find-electron.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const files = process.argv.slice(2)
const electron = findElectron(process.env)

if (electron !== undefined && hasDisplay(process.env)) {
  await buildWhenStale('window')
  run(electron, [root, ...files])
} else {
  const missing =
    electron === undefined ? "Electron's binary is not here (npx install-electron)" : 'there is no display'
  process.stderr.write(`The window opens in a browser: ${missing}.\n`)
  run(process.execPath, [join(root, 'scripts/vibralens.mjs'), 'serve', '--open', ...files])
}

/** Ends as the program ends; Ctrl-C reaches it by itself, as one of the same terminal. */
function run(program, words) {
  const child = spawn(program, words, { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  child.once('error', (error) => {
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  })
  child.once('exit', (code) => process.exit(code ?? 1))
}
