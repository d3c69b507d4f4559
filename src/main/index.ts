import { app } from 'electron'
import { z } from 'zod'
import { Program } from './program'
import { guardPages } from './secure-pages'
import { startFilesOf } from './start-arguments'

/** Electron's shell: windows, menus, dialogs; the engine in a process of its own, nothing else allowed. */

/** What a second start hands over to the first. */
const handedOver = z.strictObject({ files: z.array(z.string().min(1)) })

guardPages()
const startFiles = [...startFilesOf(process.argv, process.cwd(), app.isPackaged)]
let program: Program | undefined

if (app.requestSingleInstanceLock({ files: startFiles })) {
  // macOS tells files so, and may do it before `ready`
  app.on('open-file', (event, path) => {
    event.preventDefault()
    if (program === undefined) startFiles.push(path)
    else void program.openFiles([path])
  })
  app.on('second-instance', (_event, _argv, _folder, data) => {
    void program?.openFiles(handedOver.safeParse(data).data?.files ?? [])
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  app.on('activate', () => {
    if (program?.hasWindow() === false) void program.openWindow([])
  })
  // not awaited here: `ready` comes only when this module has been loaded to its end
  void app.whenReady().then(() => {
    program = new Program()
    return program.openWindow(startFiles)
  })
} else {
  app.quit()
}
