import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { AnalyzerBridge } from '../shared/bridge'
import { ipcChannels } from '../shared/bridge'
import type { EngineEvent } from '../shared/contract/events'

/** Three functions, and no way to reach ipcRenderer itself. */
const bridge: AnalyzerBridge = {
  request: (callId, name, input) => {
    if (name !== 'shell.grantDropped') return ipcRenderer.invoke(ipcChannels.request, callId, name, input, [])
    return ipcRenderer.invoke(ipcChannels.request, callId, name, { files: [] }, pathsOf(input))
  },
  cancel: (callId) => ipcRenderer.send(ipcChannels.cancel, callId),
  subscribe: (listener) => {
    const pass = (_: unknown, event: EngineEvent): void => listener(event)
    ipcRenderer.on(ipcChannels.event, pass)
    return () => ipcRenderer.off(ipcChannels.event, pass)
  },
}

/** Only a File that the user dropped or chose has a path; what the page made itself has none. */
function pathsOf(input: unknown): readonly string[] {
  const files = typeof input === 'object' && input !== null && 'files' in input ? input.files : undefined
  return Array.isArray(files) ? files.map(pathOf).filter((path) => path !== '') : []
}

function pathOf(file: File): string {
  try {
    return webUtils.getPathForFile(file)
  } catch {
    return '' // no File at all
  }
}

contextBridge.exposeInMainWorld('analyzer', bridge)
