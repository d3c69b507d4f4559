import { join, resolve } from 'node:path'
import { findPackageRoot } from '../engine/index'
import { openBrowser, openServer } from '../server/index'
import { translator } from '../shared/locales/translate'
import { exitCodes } from './exit-codes'
import { localeOf, wholeNumber } from './flag-values'
import type { CliIo } from './io'

export interface ServeFlags {
  readonly port?: string
  readonly root?: readonly string[]
  readonly open?: boolean
  readonly lang?: string
}

/** Serves the window's page to a browser on this machine until Ctrl-C; the address, with its key, goes to stdout. */
export async function serve(files: readonly string[], flags: ServeFlags, io: CliIo): Promise<number> {
  const t = translator(localeOf(flags.lang))
  const port = flags.port === undefined ? 0 : wholeNumber('--port', flags.port, 1)
  const absolute = (path: string): string => resolve(io.workingFolder, path)
  const server = await openServer({
    engine: await io.engine(),
    port,
    roots: (flags.root ?? []).map(absolute),
    startFiles: files.map(absolute),
    pageRoot: join(findPackageRoot(), 'out', 'renderer'),
    reportBug: (error) => io.err(`${error instanceof Error ? error.stack : String(error)}\n`),
  })
  try {
    io.err(`${t('cli.serve.ready')}\n`)
    io.out(`${server.address}\n`)
    if (flags.open === true && !(await openBrowser(server.address, process.env)))
      io.err(`${t('cli.serve.no-browser')}\n`)
    await untilAborted(io.signal)
  } finally {
    await server.close()
  }
  return exitCodes.done
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((ended) => {
    if (signal.aborted) ended()
    else signal.addEventListener('abort', () => ended(), { once: true })
  })
}
