// npm run docs:pictures: the main states of the window in both languages and themes, into docs/pictures
import { spawnSync } from 'node:child_process'

const vitest = 'node_modules/vitest/vitest.mjs'
const args = [vitest, 'run', '--config', 'vitest.e2e.config.ts', 'test/e2e/pictures.e2e.ts']
const { status } = spawnSync(process.execPath, args, {
  stdio: 'inherit',
  env: { ...process.env, VIBRALENS_PICTURES: 'docs/pictures' },
})
process.exit(status ?? 1)
