import { execFileSync } from 'node:child_process'

/** Builds the AssemblyScript kernels when their sources are newer than the result. */
export default function setup(): void {
  execFileSync(process.execPath, ['scripts/build-kernels.mjs'], { stdio: 'inherit' })
}
