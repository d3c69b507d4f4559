import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'

/** The repository's folder. */
export const root = fileURLToPath(new URL('..', import.meta.url))

/** Runs `work` with a function that loads modules of the sources (path from the root) as they are, without a build. */
export async function withModules(work) {
  const server = await createServer({
    root,
    configFile: false,
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    appType: 'custom',
    optimizeDeps: { noDiscovery: true },
    logLevel: 'error',
  })
  try {
    await work((path) => server.ssrLoadModule(path))
  } finally {
    await server.close()
  }
}
