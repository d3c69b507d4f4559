import { createPinia, setActivePinia } from 'pinia'
import { createApp } from 'vue'
import type { Host } from '../../src/renderer/client/host'
import { servicesKey } from '../../src/renderer/services/services'
import { EngineClient } from '../../src/shared/contract/engine-client'
import type { EngineEvent, EngineEventListener } from '../../src/shared/contract/events'
import type { Reply } from '../../src/shared/contract/reply'
import { failure } from '../../src/shared/contract/reply'

type Answer = (input: never, signal: AbortSignal) => unknown

/** An engine of given answers: request name → what it answers (a value, or a Reply for failures). Unknown ones fail. */
export function fakeServices(answers: Readonly<Record<string, Answer>>) {
  const asked: { readonly name: string; readonly input: unknown }[] = []
  const listeners = new Set<EngineEventListener>()
  const client = new EngineClient({
    request: async (name, input, signal): Promise<Reply<unknown>> => {
      asked.push({ name, input })
      const answer = answers[name]
      if (answer === undefined) return failure('bad-request', `No answer to ${name} in this test.`)
      const value = await answer(input as never, signal)
      return isReply(value) ? value : { ok: true, value }
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  })
  const emit = (event: EngineEvent): void => listeners.forEach((listener) => listener(event))
  return { services: { client, host: fakeHost() }, asked, emit }
}

function isReply(value: unknown): value is Reply<unknown> {
  return typeof value === 'object' && value !== null && 'ok' in value
}

/** A host in which every dialog is closed. */
export function fakeHost(): Host {
  return {
    kind: 'browser',
    capabilities: {
      canPickFolder: false,
      canListFolders: false,
      canRevealFile: false,
      canReopenFiles: true,
      canDragOut: false,
      canCopyImage: false,
      hasNativeMenu: false,
    },
    pickFiles: async () => [],
    pickFolder: async () => [],
    acceptDrop: async () => [],
    save: async () => false,
    pickSaveTarget: async () => null,
    deliver: async () => undefined,
    listFolder: async () => ({ name: '', folders: [], files: [] }),
    dragOut: async () => undefined,
    onConnectionChange: () => () => undefined,
    revealFile: async () => undefined,
    copyText: async () => undefined,
    copyImage: async () => undefined,
    startFiles: async () => [],
    setTitle: async () => undefined,
    setLocale: async () => undefined,
  }
}

/** Stores outside a component: pinia in an app that was given the services. */
export function installStores(services: ReturnType<typeof fakeServices>['services']): void {
  const pinia = createPinia()
  createApp({}).provide(servicesKey, services).use(pinia)
  setActivePinia(pinia)
}
