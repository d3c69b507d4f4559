import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { failure } from '../shared/contract/reply'
import { AnalyzerError } from '../shared/errors'
import { pageFileOf } from '../shell/page-files'
import { hasToken, refuseStranger } from './gate'
import { sendFile, sendReply } from './http-replies'
import type { BrowserShell } from './shell-handlers'

export interface Routes {
  readonly shell: BrowserShell
  readonly token: string
  /** Folder with the built page. */
  readonly pageRoot: string
  reportBug(error: unknown): void
}

/** The page itself for anybody on this machine; files only with the token. */
export function httpRoutes(routes: Routes): RequestListener {
  return (request, response) => {
    void answer(routes, request, response).catch((error: unknown) => {
      if (error instanceof AnalyzerError) sendFailure(response, error)
      else {
        routes.reportBug(error)
        if (response.headersSent) response.destroy()
        else sendReply(response, 500, failure('internal', 'Something went wrong inside VibraLens; this is a bug.'))
      }
    })
  }
}

async function answer(routes: Routes, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const refusal = refuseStranger(request)
  if (refusal !== undefined) return sendReply(response, refusal.status, failure('bad-request', refusal.reason))
  const url = readUrl(request)
  if (url === undefined) return sendReply(response, 400, failure('bad-request', 'This is no address of the page.'))
  if (url.pathname === '/files' || url.pathname.startsWith('/files/')) {
    if (!hasToken(request, routes.token)) return sendReply(response, 401, failure('bad-request', 'Wrong token.'))
    if (request.method === 'POST' && url.pathname === '/files') return receiveFile(routes, url, request, response)
    if (request.method === 'GET') return handOut(routes, url.pathname.slice('/files/'.length), response)
  } else if (request.method === 'GET') {
    return sendPage(routes, url.pathname, response)
  }
  sendReply(response, 404, failure('bad-request', 'There is nothing at this address.'))
}

function readUrl({ url, headers }: IncomingMessage): URL | undefined {
  const text = `http://${headers.host}${url}`
  return url?.startsWith('/') === true && URL.canParse(text) ? new URL(text) : undefined
}

async function receiveFile(
  { shell }: Routes,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const name = url.searchParams.get('name') ?? ''
  const path = await shell.folder.store(name, request, Number(request.headers['content-length'] ?? 0))
  sendReply(response, 200, { ok: true, value: await shell.granted.grant(path) })
}

/** What the engine wrote to a save target, for the browser to keep. */
async function handOut({ shell }: Routes, handle: string, response: ServerResponse): Promise<void> {
  const headers = {
    'Content-Type': 'application/octet-stream',
    'Content-Disposition': 'attachment',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  }
  if (!(await sendFile(response, shell.granted.resolveTarget(handle), headers))) {
    sendReply(response, 404, failure('unreadable-file', 'Nothing was written there.'))
  }
}

async function sendPage({ pageRoot }: Routes, pathname: string, response: ServerResponse): Promise<void> {
  const file = pageFileOf(pathname, pageRoot)
  if (file === undefined || !(await sendFile(response, file.path, { ...file.headers, 'Cache-Control': 'no-cache' }))) {
    sendReply(response, 404, failure('bad-request', 'There is nothing at this address.'))
  }
}

function sendFailure(response: ServerResponse, { code, message, details }: AnalyzerError): void {
  // a body that is still coming is not read: the connection ends with this answer
  if (response.headersSent) response.destroy()
  else {
    response.setHeader('Connection', 'close')
    sendReply(response, 400, failure(code, message, details))
  }
}
