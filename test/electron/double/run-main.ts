import { register } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import vm from 'node:vm'
import { buildWhenStale } from '../../../scripts/build-when-stale.mjs'
import type { DoubleOptions } from './electron-double'
import { ElectronDouble } from './electron-double'

declare global {
  var electronDoubles: Map<string, object> | undefined
}

// not import(): vite would transform the built file
const importAsNode = vm.compileFunction('return import(url)', ['url'], {
  importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
}) as (url: string) => Promise<unknown>
let runCount = 0

/** Builds main, preload and page when their sources are newer; to be given to beforeAll with `buildMilliseconds`. */
export const buildWindow = (): Promise<void> => buildWhenStale('window')
export const buildMilliseconds = 300_000

/** Runs the built main as Electron does: loads the module to its end, then lets `ready` come. */
export async function runMain(options: DoubleOptions, argv: readonly string[] = []): Promise<ElectronDouble> {
  if (globalThis.electronDoubles === undefined) {
    globalThis.electronDoubles = new Map()
    register(pathToFileURL(resolve('test/electron/double/resolve-hook.mjs')).href)
  }
  const double = new ElectronDouble(options)
  runCount += 1
  globalThis.electronDoubles.set(String(runCount), double.main)
  const given = process.argv
  process.argv = ['vibralens', ...argv]
  try {
    const loaded = importAsNode(`${pathToFileURL(resolve('out/main/index.js')).href}?run=${runCount}`)
    const tooLate = new Promise<never>((_, reject) => {
      setTimeout(() => reject(new Error('The module of main waits for `ready`, which waits for it.')), 10_000).unref()
    })
    await Promise.race([loaded, tooLate])
  } finally {
    process.argv = given
  }
  double.app.moduleLoaded()
  return double
}
