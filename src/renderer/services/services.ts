import { inject, type InjectionKey } from 'vue'
import type { EngineClient } from '../../shared/contract/engine-client'
import type { Host } from '../client/host'

/** What the page is given at start, once: the engine behind a transport, and the host it runs in. */
export interface Services {
  readonly client: EngineClient
  readonly host: Host
}

export const servicesKey: InjectionKey<Services> = Symbol('services')

/** For stores and composables; components get props. @throws Error outside an app that was given them */
export function useServices(): Services {
  const services = inject(servicesKey)
  if (services === undefined) throw new Error('The app was started without its services.')
  return services
}
