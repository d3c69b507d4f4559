import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** The window's page, for Electron and browsers: out/renderer. */
export default defineConfig({
  root: at('src/renderer'),
  base: './',
  plugins: [
    vue(),
    tailwindcss(),
    {
      name: 'stamp',
      apply: 'build',
      // scripts/vibralens.mjs compares the sources with this file
      closeBundle: () => writeFileSync(at('out/renderer/.built'), ''),
    },
  ],
  build: {
    target: 'es2022',
    outDir: at('out/renderer'),
    emptyOutDir: true,
    minify: true, // electron-vite's default is not to
    rolldownOptions: { input: { index: at('src/renderer/index.html') } },
  },
})
