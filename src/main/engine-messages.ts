import type { EngineEvent } from '../shared/contract/events'
import type { Reply } from '../shared/contract/reply'

/**
 * Between main and the engine's process. A page is known by its number; `grant` tells which path a handle of that page
 * stands for, `leave` that the page is gone.
 */
export type ToEngine =
  | {
      readonly kind: 'request'
      readonly page: number
      readonly callId: number
      readonly name: string
      readonly input: unknown
    }
  | { readonly kind: 'cancel'; readonly page: number; readonly callId: number }
  | { readonly kind: 'grant'; readonly page: number; readonly handle: string; readonly path: string }
  | { readonly kind: 'leave'; readonly page: number }

export type FromEngine =
  | { readonly kind: 'reply'; readonly page: number; readonly callId: number; readonly reply: Reply<unknown> }
  | { readonly kind: 'event'; readonly event: EngineEvent }
