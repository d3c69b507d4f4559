import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'
import { backendNames } from '../../shared/analysis'
import type { BackendName } from '../../shared/analysis'
import type { BackendCheck } from '../../shared/app/study'
import { AnalyzerError } from '../../shared/errors'
import { cureNodeUtil } from './node-compat'

const processEvents = ['uncaughtException', 'unhandledRejection'] as const

export interface SelectedBackend {
  readonly name: BackendName
  /** Backends that were preferred and why they are not used, one sentence each. */
  readonly skipped: readonly { readonly name: BackendName; readonly reason: string }[]
}

/**
 * Makes the best backend current (native, then WebAssembly, then plain JavaScript, 40 times slower: a last resort), or
 * the one asked for; each must pass a self-check with a stored result first. The TensorFlow packages are loaded here, not
 * at start.
 * @throws AnalyzerError backend-unavailable when the one asked for, or every one, is absent or computes wrongly
 */
export async function selectBackend(forced: BackendName | undefined): Promise<SelectedBackend> {
  const skipped: { name: BackendName; reason: string }[] = []
  for (const name of forced === undefined ? backendNames : [forced]) {
    try {
      await activate(name)
      return { name, skipped }
    } catch (error) {
      skipped.push({ name, reason: firstLine(error) })
    }
  }
  const reasons = skipped.map(({ name, reason }) => `${name}: ${reason}`).join('; ')
  throw new AnalyzerError(
    'backend-unavailable',
    forced === undefined
      ? `No computing backend works here (${reasons}).`
      : `The backend "${forced}" is not available here (${reasons}); leave the choice to the program or name another one.`,
    { backend: forced ?? 'any' },
  )
}

/** Tries every backend, and leaves the one current that was. Calls on networks must wait meanwhile. */
export async function checkBackends(): Promise<BackendCheck[]> {
  const tf = await import('@tensorflow/tfjs-core')
  const checks: BackendCheck[] = []
  const before = tf.engine().backendName
  for (const name of backendNames) {
    try {
      checks.push({ name, isAvailable: true, selfTest: await activate(name), reason: null })
    } catch (error) {
      checks.push({ name, isAvailable: false, selfTest: null, reason: firstLine(error) })
    }
  }
  if (before !== undefined) await tf.setBackend(before)
  return checks
}

/** The largest difference of the self-check. */
async function activate(name: BackendName): Promise<number> {
  const tf = await import('@tensorflow/tfjs-core')
  tf.enableProdMode() // only silences its advertisements on the console
  if (tf.findBackendFactory(name) === null) await register(name)
  const isSet = await withoutNewListeners(() => tf.setBackend(name))
  await tf.ready()
  // forcing threads, or a bundled wasm loader, falls back to cpu without a word
  if (!isSet || tf.getBackend() !== name) throw new Error(`TensorFlow.js fell back to ${tf.getBackend()}`)
  const { checkBackend } = await import('./self-check')
  return checkBackend()
}

async function register(name: BackendName): Promise<void> {
  switch (name) {
    case 'tensorflow':
      return registerTensorflow()
    case 'wasm':
      return registerWasm()
    case 'cpu':
      await import('@tensorflow/tfjs-backend-cpu')
  }
}

function registerTensorflow(): void {
  cureNodeUtil()
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2' // libtensorflow greets on stderr otherwise
  try {
    // required, not imported: absent optional packages must break neither the type check nor the bundle
    createRequire(import.meta.url)('@tensorflow/tfjs-node')
  } catch (error) {
    throw new Error(
      isMissing(error) ? 'the optional package @tensorflow/tfjs-node is not installed' : firstLine(error),
      { cause: error },
    )
  }
}

async function registerWasm(): Promise<void> {
  const tf = await import('@tensorflow/tfjs-core')
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm')
  const require = createRequire(import.meta.url)
  setWasmPaths(join(dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'dist') + sep)
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
  const { registerFastKernels } = await import('./kernels/fast-kernels')
  registerFastKernels()
}

/**
 * The wasm loader (Emscripten) adds process-wide handlers that rethrow every rejection as an exception of its own; who
 * handles what is up to the program.
 */
async function withoutNewListeners<T>(work: () => Promise<T>): Promise<T> {
  const before = processEvents.map((event) => new Set(process.rawListeners(event)))
  try {
    return await work()
  } finally {
    for (const [i, event] of processEvents.entries()) {
      for (const listener of process.rawListeners(event)) {
        if (!before[i].has(listener)) process.removeListener(event, listener as () => void) // any function will do
      }
    }
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND'
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]
}
