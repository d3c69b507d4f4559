import { fileURLToPath } from 'node:url'
import { defineConfig } from 'electron-vite'
import renderer from './vite.renderer.config'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** Electron's three parts. The engine's process is an entry of main's (`?modulePath`); its worker lies beside it. */
export default defineConfig({
  main: {
    build: {
      externalizeDeps: { exclude: ['zod'] },
      rolldownOptions: {
        input: {
          index: at('src/main/index.ts'),
          'inference-worker': at('src/engine/inference/inference-worker.ts'),
          'row-worker': at('src/engine/readers/kernels/row-worker.mjs'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      // a sandboxed preload script is one CommonJS file
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: at('src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  // electron-vite adds Electron's own Chromium to a list of targets, where a browser stands already
  renderer: { ...renderer, build: { ...renderer.build, target: undefined } },
})
