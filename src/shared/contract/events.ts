/** Sent by the engine on its own account; at most 10 a second and job, the last of a stage always. */
export interface EngineEvents {
  readonly 'job.progress': {
    readonly jobId: string
    readonly stage: string
    readonly done: number
    readonly total: number
  }
  readonly 'job.ended': { readonly jobId: string; readonly outcome: 'done' | 'cancelled' | 'failed' }
}

export type EngineEventName = keyof EngineEvents
export type EngineEvent = {
  readonly [Name in EngineEventName]: { readonly name: Name; readonly data: EngineEvents[Name] }
}[EngineEventName]
export type EngineEventListener = (event: EngineEvent) => void
