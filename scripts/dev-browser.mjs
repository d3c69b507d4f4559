// npm run dev:browser: the page by vite's development server (changes show at once), the engine by `vibralens serve`
// behind it. Changes of the engine need a restart.
import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const engine = spawn(process.execPath, [join(root, 'scripts/vibralens.mjs'), 'serve', ...process.argv.slice(2)], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
engine.once('exit', (code) => process.exit(code ?? 1))
const address = new URL(await firstLine(engine.stdout))

// the engine's server checks Host and Origin: the proxy gives it its own
const proxy = { target: address.origin, changeOrigin: true, headers: { origin: address.origin } }
const vite = await createServer({
  configFile: join(root, 'vite.renderer.config.ts'),
  server: { host: '127.0.0.1', proxy: { '/socket': { ...proxy, ws: true, rewriteWsOrigin: true }, '/files': proxy } },
})
await vite.listen()
console.log(`${vite.resolvedUrls?.local[0] ?? ''}${address.hash}`)

async function firstLine(stream) {
  let text = ''
  for await (const part of stream.setEncoding('utf8')) {
    text += part
    if (text.includes('\n')) break
  }
  return text.trim()
}
