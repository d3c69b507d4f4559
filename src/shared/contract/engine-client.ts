import type { EngineEventListener } from './events'
import type { Reply } from './reply'
import { unwrap } from './reply'
import type { RequestInput, RequestName, RequestOutput } from './requests'

/** Carries requests to the engine and events back: in-process, Electron's ipc, or HTTP. */
export interface Transport {
  request(name: string, input: unknown, signal: AbortSignal): Promise<Reply<unknown>>
  /** Returns the end of the subscription. */
  subscribe(listener: EngineEventListener): () => void
}

/** The typed face of a transport: the same line in Electron, browser and command line. */
export class EngineClient {
  readonly #transport: Transport

  constructor(transport: Transport) {
    this.#transport = transport
  }

  /** @throws AnalyzerError with the reply's closed code. */
  async request<Name extends RequestName>(
    name: Name,
    input: RequestInput<Name>,
    signal: AbortSignal,
  ): Promise<RequestOutput<Name>> {
    const reply = await this.#transport.request(name, input, signal)
    return unwrap(reply) as RequestOutput<Name> // checked boundary: dispatch answers `name` by its own handler
  }

  subscribe(listener: EngineEventListener): () => void {
    return this.#transport.subscribe(listener)
  }
}
