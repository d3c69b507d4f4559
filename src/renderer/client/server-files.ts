import type { Reply } from '../../shared/contract/reply'
import { unwrap } from '../../shared/contract/reply'
import type { GrantedFile } from '../../shared/contract/shell-requests'
import { AnalyzerError } from '../../shared/errors'

/** Files on their way to and from the server, beside the socket: they are streamed, not held in memory. */
export interface ServerFiles {
  upload(file: File): Promise<GrantedFile>
  fetch(file: GrantedFile): Promise<Blob>
}

export function serverFiles(origin: string, token: string): ServerFiles {
  const headers = { Authorization: `Bearer ${token}` }
  const send = async (path: string, init: RequestInit): Promise<Response> => {
    try {
      return await fetch(`${origin}${path}`, { ...init, headers, cache: 'no-store' })
    } catch (cause) {
      throw new AnalyzerError(
        'unreadable-file',
        'The file could not be sent: is VibraLens still running?',
        {},
        { cause },
      )
    }
  }
  return {
    upload: async (file) => {
      const response = await send(`/files?name=${encodeURIComponent(file.name)}`, { method: 'POST', body: file })
      // checked boundary: our own server answers with a Reply
      return unwrap((await response.json()) as Reply<GrantedFile>)
    },
    fetch: async ({ handle, name }) => {
      const response = await send(`/files/${encodeURIComponent(handle)}`, {})
      if (!response.ok) throw new AnalyzerError('unreadable-file', `"${name}" is not there; make it again.`, { name })
      return response.blob()
    },
  }
}
