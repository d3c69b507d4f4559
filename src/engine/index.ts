import type { RequestContext } from '../shared/contract/dispatch'
import { dispatch } from '../shared/contract/dispatch'
import type { EngineEventListener } from '../shared/contract/events'
import type { Reply } from '../shared/contract/reply'
import { rememberedPrefix } from '../shared/settings'
import type { EngineParts } from './engine-parts'
import { writeWhole } from './files/write-whole'
import { createHandlers } from './handlers'
import { findPackageRoot, readProgramVersion } from './package-root'
import { Session } from './session'

/** The headless product: the only file of the engine that shells import. */
export interface Engine {
  request(name: string, input: unknown, context: RequestContext): Promise<Reply<unknown>>
  /** Returns the end of the subscription. */
  subscribe(listener: EngineEventListener): () => void
  /** Cancels what runs and frees workers, models and temporary files; safe to call twice. */
  dispose(): Promise<void>
}

export { findPackageRoot, readProgramVersion, writeWhole }

/** An engine of the given parts; shells call `createEngine`. */
export function createEngineOf(parts: EngineParts): Engine {
  const listeners = new Set<EngineEventListener>()
  const session = new Session(parts, (event) => {
    for (const listener of listeners) listener(event)
  })
  const handlers = createHandlers(session)
  let disposed: Promise<void> | undefined
  return {
    request: (name, input, context) => {
      const resolveFile = (handle: string): string =>
        rememberedPath(session, handle) ?? session.grants.resolve(handle) ?? context.resolveFile(handle)
      return dispatch(handlers, name, input, { ...context, resolveFile })
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    dispose: () => (disposed ??= session.dispose()),
  }
}

/** `remembered:PATH` stands for a file of the settings' lists, which the user opened before; no other path does. */
function rememberedPath({ settings }: Session, handle: string): string | undefined {
  const path = handle.startsWith(rememberedPrefix) ? handle.slice(rememberedPrefix.length) : undefined
  return path !== undefined && settings.isRemembered(path) ? path : undefined
}

export async function createEngine(): Promise<Engine> {
  const { createParts } = await import('./create-parts')
  return createEngineOf(createParts())
}
