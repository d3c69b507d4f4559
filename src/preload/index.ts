import { contextBridge, ipcRenderer } from 'electron'
import type { AnalyzerBridge } from '../shared/bridge'
import { ipcChannels } from '../shared/bridge'
import type { EngineEvent } from '../shared/contract/events'

/** Three functions, and no way to reach ipcRenderer itself. */
const bridge: AnalyzerBridge = {
  request: (callId, name, input) => ipcRenderer.invoke(ipcChannels.request, callId, name, input),
  cancel: (callId) => ipcRenderer.send(ipcChannels.cancel, callId),
  subscribe: (listener) => {
    const pass = (_: unknown, event: EngineEvent): void => listener(event)
    ipcRenderer.on(ipcChannels.event, pass)
    return () => ipcRenderer.off(ipcChannels.event, pass)
  },
}

contextBridge.exposeInMainWorld('analyzer', bridge)
