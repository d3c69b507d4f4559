#!/usr/bin/env node
/**
 * Makes the tensorflow backend available where the vendor's download of @tensorflow/tfjs-node is out of reach (npm then
 * drops the optional package): the package and its dependencies come from the npm registry as the lock file names them,
 * libtensorflow from a TensorFlow wheel (pip), the C++ binding is compiled here. Linux x64 only; elsewhere, and with
 * network, `npm ci` has already done it. Idempotent. Exit 0 = the backend loads; 1 = it does not, and why.
 *
 * VIBRALENS_TENSORFLOW_WHEEL  path of a tensorflow-cpu 2.15 wheel to use instead of downloading one
 * VIBRALENS_CACHE             where the libraries are kept between checkouts (default ~/.cache/vibralens)
 */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, linkSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const modules = join(root, 'node_modules')
const packageFolder = join(modules, '@tensorflow', 'tfjs-node')
const wheelVersion = '2.15.1' // the last with the C++ library of the series that tfjs-node 4.22.0 is written for
const cache = join(process.env.VIBRALENS_CACHE ?? join(homedir(), '.cache', 'vibralens'), `tensorflow-${wheelVersion}`)
const libraries = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2']

const probe = `
  const util = require('node:util')
  util.isNullOrUndefined ??= (v) => v == null
  util.isArray ??= Array.isArray
  process.env.TF_CPP_MIN_LOG_LEVEL = '3'
  const tf = require('@tensorflow/tfjs-node')
  if (tf.getBackend() !== 'tensorflow') throw new Error('the backend is ' + tf.getBackend())
  const sum = tf.tensor1d([1, 2, 3]).sum().dataSync()[0]
  if (sum !== 6) throw new Error('1 + 2 + 3 = ' + sum)

`

function run(command, args, options = {}) {
  return execFileSync(command, args, { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8', ...options })
}

/** Undefined when the backend loads, else the reason. */
function whyNot() {
  if (!existsSync(packageFolder)) return '@tensorflow/tfjs-node is not installed'
  try {
    run(process.execPath, ['-e', probe], { cwd: root })
    return undefined
  } catch (error) {
    return lastWords(error)
  }
}

function lastWords(error) {
  const text = String(error.stderr || error.message)
  const line = text.split('\n').find((candidate) => /error|cannot|unable|not found|no matching/i.test(candidate))
  return (line ?? text.trim().split('\n').at(-1) ?? 'unknown').trim().slice(0, 300)
}

/** The package and what it needs, exactly as locked, without install scripts; only what is missing is moved in. */
function installPackage() {
  const scratch = join(modules, '.cache', 'tfjs-node-tree')
  rmSync(scratch, { recursive: true, force: true })
  mkdirSync(scratch, { recursive: true })
  for (const file of ['package.json', 'package-lock.json']) cpSync(join(root, file), join(scratch, file))
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  run(npm, ['ci', '--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: scratch })
  const wanted = Object.keys(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages)
  // parents come before children in the lock, so a folder that is moved takes its nested packages along
  for (const path of wanted.filter((name) => name.startsWith('node_modules/'))) {
    const from = join(scratch, path)
    const to = join(root, path)
    if (existsSync(to) || !existsSync(from)) continue
    mkdirSync(dirname(to), { recursive: true })
    renameSync(from, to)
  }
  rmSync(scratch, { recursive: true, force: true })
}

function downloadWheel() {
  if (process.env.VIBRALENS_TENSORFLOW_WHEEL) return process.env.VIBRALENS_TENSORFLOW_WHEEL
  const folder = join(cache, 'wheel')
  mkdirSync(folder, { recursive: true })
  const find = () => readdirSync(folder).find((name) => name.endsWith('.whl'))
  if (!find()) {
    const from = [`tensorflow-cpu==${wheelVersion}`, '--no-deps', '--only-binary=:all:', '--quiet', '--dest', folder]
    const target = ['--python-version', '3.11', '--implementation', 'cp', '--platform', 'manylinux2014_x86_64']
    run('python3', ['-m', 'pip', 'download', ...from, ...target])
  }
  return join(folder, find())
}

/** Only the two libraries and the headers leave the wheel (620 of 1500 MB). */
const unpack = `
import os, sys, zipfile
wheel, folder, libraries = sys.argv[1], sys.argv[2], sys.argv[3:]
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        header = name.startswith('tensorflow/include/') and name.split('/')[2] in ('tensorflow', 'tsl') and name.endswith('.h')
        if header or name in ['tensorflow/' + library for library in libraries]:
            archive.extract(name, folder)
`

function unpackLibraries() {
  const unpacked = join(cache, 'tensorflow')
  if (libraries.every((name) => existsSync(join(unpacked, name)))) return unpacked
  const wheel = downloadWheel()
  const scratch = join(cache, 'unpacking')
  rmSync(scratch, { recursive: true, force: true })
  run('python3', ['-c', unpack, wheel, scratch, ...libraries])
  rmSync(unpacked, { recursive: true, force: true })
  renameSync(join(scratch, 'tensorflow'), unpacked)
  rmSync(join(cache, 'wheel'), { recursive: true, force: true })
  return unpacked
}

function nodeHeaders() {
  const prefixes = [process.env.npm_config_nodedir, resolve(dirname(process.execPath), '..'), '/usr', '/usr/local']
  const found = prefixes.filter(Boolean).map((prefix) => join(prefix, 'include', 'node'))
  const folder = found.find((candidate) => existsSync(join(candidate, 'node_api.h')))
  if (!folder) throw new Error(`node_api.h not found under ${found.join(', ')}; set npm_config_nodedir`)
  return folder
}

function linkOrCopy(from, to) {
  rmSync(to, { force: true })
  try {
    linkSync(from, to)
  } catch {
    cpSync(from, to) // another file system
  }
}

function compile(unpacked) {
  const libraryFolder = join(packageFolder, 'deps', 'lib')
  const addonFolder = join(packageFolder, 'lib', 'napi-v8')
  mkdirSync(libraryFolder, { recursive: true })
  mkdirSync(addonFolder, { recursive: true })
  for (const name of libraries) linkOrCopy(join(unpacked, name), join(libraryFolder, name))
  const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) => join(packageFolder, 'binding', name))
  const includes = [packageFolder, join(unpacked, 'include'), nodeHeaders()].map((folder) => `-I${folder}`)
  const flags = ['-std=c++17', '-O2', '-fPIC', '-shared', '-w', '-DNAPI_VERSION=8', ...includes]
  const links = [`-L${libraryFolder}`, ...libraries.map((name) => `-l:${name}`), '-Wl,-rpath,$ORIGIN/../../deps/lib']
  const half = join(addonFolder, `tfjs_binding.${process.pid}.node`)
  run('g++', [...flags, ...sources, '-o', half, ...links])
  renameSync(half, join(addonFolder, 'tfjs_binding.node'))
}

function main() {
  if (whyNot() === undefined) return 'already there'
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`no recipe for ${process.platform}-${process.arch} (${whyNot()})`)
  }
  if (!existsSync(packageFolder)) installPackage()
  const unpacked = unpackLibraries()
  compile(unpacked)
  const reason = whyNot()
  if (reason !== undefined) throw new Error(`built, but it does not load: ${reason}`)
  return `built from tensorflow-cpu ${wheelVersion}`
}

try {
  console.log(`tensorflow backend: ${main()} (@tensorflow/tfjs-node in node_modules).`)
} catch (error) {
  console.error(`TENSORFLOW BACKEND NOT BUILT: ${lastWords(error)}`)
  process.exitCode = 1
}
