import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { Reply } from '../shared/contract/reply'

export function sendReply(response: ServerResponse, status: number, reply: Reply<unknown>): void {
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  })
  response.end(JSON.stringify(reply))
}

/** Answers whether there was a file to send. */
export async function sendFile(
  response: ServerResponse,
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<boolean> {
  const found = await stat(path).catch(() => undefined) // not there: the caller says so
  if (found?.isFile() !== true) return false
  response.writeHead(200, { ...headers, 'Content-Length': found.size })
  // a browser that goes away in the middle needs no answer
  await pipeline(createReadStream(path), response).catch(() => response.destroy())
  return true
}
