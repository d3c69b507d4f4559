#!/usr/bin/env node
// Runs dist/cli/index.js. In a checkout (src/ is there) it builds first when sources are newer; prints nothing of its own.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmdirSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const entry = join(root, 'dist/cli/index.js')
// written last by the build; its absence or age means: build
const stamp = join(root, 'dist/cli/.built')

const lock = join(root, 'node_modules/.cache/vibralens-build')

if (existsSync(join(root, 'src/cli/index.ts')) && isOutOfDate()) await alone(build)
await import(pathToFileURL(entry).href)

function isOutOfDate() {
  const built = statSync(stamp, { throwIfNoEntry: false })?.mtimeMs ?? 0
  if (built === 0 || !existsSync(entry)) return true
  const files = ['src/cli', 'src/engine', 'src/shared'].flatMap((folder) => newestIn(join(root, folder)))
  const settings = ['package.json', 'vite.cli.config.ts'].map((name) => statSync(join(root, name)).mtimeMs)
  return Math.max(...files, ...settings) > built
}

function newestIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile() && /\.(ts|json)$/.test(item.name))
    .map((item) => statSync(join(item.parentPath ?? item.path, item.name)).mtimeMs)
}

/** One build at a time: a second process waits for the first, then finds it done. A lock of 2 minutes is a dead one. */
async function alone(work) {
  mkdirSync(dirname(lock), { recursive: true })
  for (;;) {
    try {
      mkdirSync(lock)
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()
      if (Date.now() - since > 120_000) rmdirSync(lock)
      await new Promise((resume) => setTimeout(resume, 100))
    }
  }
  process.once('exit', release)
  if (isOutOfDate()) work()
  release()
  process.removeListener('exit', release)
}

function release() {
  if (existsSync(lock)) rmdirSync(lock)
}

function build() {
  runQuietly([join(root, 'scripts/build-kernels.mjs')])
  const vite = join(dirname(createRequire(join(root, 'package.json')).resolve('vite/package.json')), 'bin/vite.js')
  runQuietly([vite, 'build', '--config', join(root, 'vite.cli.config.ts'), '--logLevel', 'error'])
}

function runQuietly(words) {
  const { status, stderr, stdout, error } = spawnSync(process.execPath, words, { cwd: root, encoding: 'utf8' })
  if (status === 0) return
  process.stderr.write(`vibralens: the program could not be built from its sources.\n${stdout ?? ''}${stderr ?? ''}`)
  if (error !== undefined) process.stderr.write(`${error.message}\n`)
  process.exit(1)
}
