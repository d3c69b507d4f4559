import { spawn } from 'node:child_process'

const openers: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'], // not cmd's `start`: it reads & and # its own way
  linux: ['xdg-open'],
}

/** Opens an address in the user's browser; answers whether there was one to ask. */
export function openBrowser(address: string, environment: NodeJS.ProcessEnv): Promise<boolean> {
  const [program, ...words] = openers[process.platform] ?? []
  const hasDisplay =
    process.platform !== 'linux' || Boolean(environment['DISPLAY']) || Boolean(environment['WAYLAND_DISPLAY'])
  if (program === undefined || !hasDisplay) return Promise.resolve(false)
  return new Promise((resolve) => {
    const child = spawn(program, [...words, address], { detached: true, stdio: 'ignore' })
    child.once('error', () => resolve(false)) // there is no such program
    child.once('spawn', () => resolve(true))
    child.unref()
  })
}
