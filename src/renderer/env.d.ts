import type { AnalyzerBridge } from '../shared/bridge'

declare global {
  interface Window {
    /** Shown by the preload script; absent outside Electron. */
    readonly analyzer?: AnalyzerBridge
  }
}
