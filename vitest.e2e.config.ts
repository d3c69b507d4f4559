import { defineConfig } from 'vitest/config'

/** npm run test:e2e: the built page in Chromium, with the real engine behind it. */
export default defineConfig({
  test: {
    include: ['test/e2e/**/*.e2e.ts'],
    globalSetup: ['test/helpers/build-kernels.ts', 'test/e2e/helpers/build-page.ts'],
    setupFiles: ['test/helpers/fail-on-console.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // one browser and one engine at a time
    fileParallelism: false,
    pool: 'forks',
    reporters: ['default', './test/helpers/closing-line-reporter.ts'],
  },
})
