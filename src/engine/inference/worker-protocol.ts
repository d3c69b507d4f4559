import type { ModelCard } from '../../shared/model-card'
import type { ClassMaps } from './network'

/** What the main thread and an inference worker say to each other. */
export interface WorkerSetup {
  readonly folder: string
  readonly card: ModelCard
}

export interface WorkerTask {
  readonly id: number
  readonly input: Float32Array
  readonly inputLength: number
}

export type WorkerReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly id: number; readonly maps: ClassMaps }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }
