import type { AnalyzerBridge } from '../../shared/bridge'
import type { Transport } from '../../shared/contract/engine-client'
import { failure } from '../../shared/contract/reply'

/** Electron's bridge as a transport: an AbortSignal cannot cross, so each call gets a number to be cancelled by. */
export function bridgeTransport(bridge: AnalyzerBridge): Transport {
  let callCount = 0
  return {
    request: async (name, input, signal) => {
      if (signal.aborted) return failure('cancelled', 'The request was cancelled.')
      callCount += 1
      const callId = callCount
      const cancel = (): void => bridge.cancel(callId)
      signal.addEventListener('abort', cancel, { once: true })
      try {
        return await bridge.request(callId, name, input)
      } finally {
        signal.removeEventListener('abort', cancel)
      }
    },
    subscribe: (listener) => bridge.subscribe(listener),
  }
}
