// Builds a part of the program when its sources are newer than its stamp; prints nothing unless it fails.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmdirSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const lock = join(root, 'node_modules/.cache/vibralens-build')
const deadLockMilliseconds = 300_000

const parts = {
  /** dist/cli: the command line */
  cli: {
    result: 'dist/cli/index.js',
    stamp: 'dist/cli/.built',
    folders: ['src/cli', 'src/engine', 'src/server', 'src/shell', 'src/shared'],
    settings: ['package.json', 'vite.cli.config.ts'],
    build: () => {
      run('scripts/build-kernels.mjs')
      run(binOf('vite'), 'build', '--config', 'vite.cli.config.ts', '--logLevel', 'error')
    },
  },
  /** out/renderer: the window's page */
  renderer: {
    result: 'out/renderer/index.html',
    stamp: 'out/renderer/.built',
    folders: ['src/renderer', 'src/shared'],
    settings: ['package.json', 'vite.renderer.config.ts'],
    build: () => run(binOf('vite'), 'build', '--config', 'vite.renderer.config.ts', '--logLevel', 'error'),
  },
  /** out/main, out/preload, out/renderer: Electron's window */
  window: {
    result: 'out/main/index.js',
    stamp: 'out/main/.built',
    folders: ['src'],
    settings: ['package.json', 'electron.vite.config.ts', 'vite.renderer.config.ts'],
    build: () => {
      run('scripts/build-kernels.mjs')
      run(binOf('electron-vite'), 'build', '--logLevel', 'error')
      writeFileSync(join(root, 'out/main/.built'), '')
    },
  },
}

/** @param {keyof typeof parts} name */
export async function buildWhenStale(name) {
  const part = parts[name]
  if (!isStale(part)) return
  await alone(() => {
    // another process may have built it meanwhile
    if (isStale(part)) part.build()
  })
}

function isStale({ result, stamp, folders, settings }) {
  const built = statSync(join(root, stamp), { throwIfNoEntry: false })?.mtimeMs ?? 0
  if (built === 0 || !existsSync(join(root, result))) return true
  const times = [...settings.map((name) => statSync(join(root, name)).mtimeMs), ...folders.flatMap(timesIn)]
  return times.some((time) => time > built)
}

function timesIn(folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile() && /\.(ts|json|vue|css|html|svg|png)$/.test(item.name))
    .map((item) => statSync(join(item.parentPath ?? item.path, item.name)).mtimeMs)
}

/** One build at a time: a second process waits for the first. A lock of 5 minutes is a dead one. */
async function alone(work) {
  mkdirSync(dirname(lock), { recursive: true })
  for (;;) {
    try {
      mkdirSync(lock)
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()
      if (Date.now() - since > deadLockMilliseconds) rmdirSync(lock)
      await new Promise((resume) => setTimeout(resume, 100))
    }
  }
  process.once('exit', release)
  try {
    work()
  } finally {
    release()
    process.removeListener('exit', release)
  }
}

function release() {
  if (existsSync(lock)) rmdirSync(lock)
}

function binOf(name) {
  const file = createRequire(join(root, 'package.json')).resolve(`${name}/package.json`)
  return join(dirname(file), 'bin', `${name}.js`)
}

function run(...words) {
  const options = { cwd: root, encoding: 'utf8', env: { ...process.env, NODE_ENV: 'production' } }
  const { status, stderr, stdout, error } = spawnSync(process.execPath, words, options)
  if (status === 0) return
  process.stderr.write(`vibralens: the program could not be built from its sources.\n${stdout ?? ''}${stderr ?? ''}`)
  if (error !== undefined) process.stderr.write(`${error.message}\n`)
  process.exit(1)
}
