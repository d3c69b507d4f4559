import { createRequire } from 'node:module'
import { backendNames } from '../../src/shared/analysis'
import type { BackendName } from '../../src/shared/analysis'

/** Whether the addon of the tensorflow backend is there (scripts/build-tensorflow-addon.mjs); VIBRALENS_REQUIRE_TENSORFLOW insists. */
export function hasTensorflow(): boolean {
  if (process.env.VIBRALENS_REQUIRE_TENSORFLOW) return true
  try {
    createRequire(import.meta.url).resolve('@tensorflow/tfjs-node')
    return true
  } catch {
    return false
  }
}

export const availableBackends: readonly BackendName[] = backendNames.filter(
  (name) => name !== 'tensorflow' || hasTensorflow(),
)
