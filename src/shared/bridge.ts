import type { EngineEventListener } from './contract/events'
import type { Reply } from './contract/reply'

/** The three ipc channels between renderer and main; nothing else crosses. */
export const ipcChannels = { request: 'analyzer:request', cancel: 'analyzer:cancel', event: 'analyzer:event' } as const

/** What the preload script shows the page. `callId` is the page's own, to cancel by. */
export interface AnalyzerBridge {
  request(callId: number, name: string, input: unknown): Promise<Reply<unknown>>
  cancel(callId: number): void
  subscribe(listener: EngineEventListener): () => void
}
