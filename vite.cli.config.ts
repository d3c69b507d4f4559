import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const { dependencies, optionalDependencies } = JSON.parse(readFileSync(at('package.json'), 'utf8')) as {
  dependencies: Record<string, string>
  optionalDependencies: Record<string, string>
}
// zod and commander are bundled: one file loads faster than their many. The rest stays outside: native addons, wasm that
// is found beside its package, and one shared instance of tfjs-core.
const bundled = ['zod', 'commander']
const packages = [...Object.keys(dependencies), ...Object.keys(optionalDependencies)].filter(
  (name) => !bundled.includes(name),
)
const isOutside = (id: string): boolean =>
  id.startsWith('node:') ||
  builtinModules.includes(id) ||
  packages.some((name) => id === name || id.startsWith(`${name}/`))

const workerFile = at('src/engine/inference/inference-worker.ts')

/** The command line for Node: dist/cli/index.js, and the file that inference workers run. */
export default defineConfig({
  build: {
    target: 'node20',
    ssr: true,
    outDir: 'dist/cli',
    emptyOutDir: true,
    minify: false,
    sourcemap: false,
    rolldownOptions: {
      input: {
        index: at('src/cli/index.ts'),
        ...(existsSync(workerFile) ? { 'inference-worker': workerFile } : {}),
        'row-worker': at('src/engine/readers/kernels/row-worker.mjs'),
      },
      external: isOutside,
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunk-[name]-[hash].js' },
    },
  },
  ssr: { noExternal: bundled, external: packages },
  plugins: [
    {
      name: 'stamp',
      // scripts/vibralens.mjs compares the sources with this file
      closeBundle: () => writeFileSync(at('dist/cli/.built'), ''),
    },
  ],
})
