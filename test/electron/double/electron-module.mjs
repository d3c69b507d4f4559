// What `import … from 'electron'` gives the built main: the double of the run named in the address.
const run = new URL(import.meta.url).searchParams.get('run')
const electron = globalThis.electronDoubles.get(run)

export const {
  app,
  BrowserWindow,
  clipboard,
  ClipboardItem,
  dialog,
  ipcMain,
  Menu,
  nativeImage,
  protocol,
  screen,
  session,
  shell,
  utilityProcess,
} = electron
