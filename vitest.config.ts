import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [vue()],
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/helpers/build-kernels.ts'],
    setupFiles: ['test/helpers/fail-on-console.ts'],
    testTimeout: 60_000,
    maxWorkers: 2,
    // forks: the engine uses worker threads and native addons of its own
    pool: 'forks',
    reporters: ['default', './test/helpers/closing-line-reporter.ts'],
  },
})
