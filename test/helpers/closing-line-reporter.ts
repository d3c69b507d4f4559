import type { Reporter, TestModule } from 'vitest/node'

/** Prints the line that CI reads: `N passed, N failed`, alone, last. */
export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    let passed = 0
    let failed = unhandledErrors.length
    for (const module of modules) {
      if (module.state() === 'failed' && [...module.children.allTests('failed')].length === 0) failed += 1
      passed += [...module.children.allTests('passed')].length
      failed += [...module.children.allTests('failed')].length
    }
    process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
  }
}
