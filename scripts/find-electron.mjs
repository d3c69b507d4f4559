// Where Electron's binary is on this machine. Never imports `electron`: that would try to download it.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const programs = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }
const program = programs[process.platform] ?? 'electron'
const installed = join(dirname(fileURLToPath(import.meta.url)), '../node_modules/electron')

/** The path of the binary, or undefined. */
export function findElectron(environment) {
  const pathFile = join(installed, 'path.txt')
  const named = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : program
  const places = [
    environment.ELECTRON_EXEC_PATH,
    environment.ELECTRON_DIST && join(environment.ELECTRON_DIST, program),
    environment.ELECTRON_OVERRIDE_DIST_PATH && join(environment.ELECTRON_OVERRIDE_DIST_PATH, named),
    join(installed, 'dist', named),
  ]
  return places.find((place) => place !== undefined && place !== '' && existsSync(place))
}

export function hasDisplay(environment) {
  return process.platform !== 'linux' || Boolean(environment.DISPLAY) || Boolean(environment.WAYLAND_DISPLAY)
}
