import type { GrantedFile, MenuCommand } from './shell-requests'
import type { ProjectChange } from '../project/project-state'
import type { Settings } from '../settings'

/** Sent by the engine on its own account; at most 10 a second and job, the last of a stage always. */
export interface EngineEvents {
  readonly 'job.progress': {
    readonly jobId: string
    readonly stage: string
    readonly done: number
    readonly total: number
  }
  readonly 'job.ended': { readonly jobId: string; readonly outcome: 'done' | 'cancelled' | 'failed' }
  /** By the shell: an entry of the native menu. */
  readonly 'shell.command': { readonly command: MenuCommand }
  /** By the shell: files that were opened from outside while the program runs. */
  readonly 'shell.filesOpened': { readonly files: readonly GrantedFile[] }
  /** By the shell: the engine died and was started again; what it held open must be opened again. */
  readonly 'engine.restarted': Record<string, never>
  readonly 'project.changed': ProjectChange
  readonly 'settings.changed': { readonly settings: Settings }
}

export type EngineEventName = keyof EngineEvents
export type EngineEvent = {
  readonly [Name in EngineEventName]: { readonly name: Name; readonly data: EngineEvents[Name] }
}[EngineEventName]
export type EngineEventListener = (event: EngineEvent) => void
