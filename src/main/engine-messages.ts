import type { EngineEvent } from '../shared/contract/events'
import type { Reply } from '../shared/contract/reply'

/** Between main and the engine's process. `grants`: handle → path, the files that this page may name. */
export type ToEngine =
  | {
      readonly kind: 'request'
      readonly callId: string
      readonly name: string
      readonly input: unknown
      readonly grants: Readonly<Record<string, string>>
    }
  | { readonly kind: 'cancel'; readonly callId: string }

export type FromEngine =
  | { readonly kind: 'reply'; readonly callId: string; readonly reply: Reply<unknown> }
  | { readonly kind: 'event'; readonly event: EngineEvent }
