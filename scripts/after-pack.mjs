// electron-builder's afterPack. On Windows the tensorflow addon looks for tensorflow.dll in its own folder.
import { copyFileSync, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

export default function afterPack({ electronPlatformName, appOutDir }) {
  if (electronPlatformName !== 'win32') return
  const addon = join(appOutDir, 'resources/app.asar.unpacked/node_modules/@tensorflow/tfjs-node')
  const library = join(addon, 'deps/lib/tensorflow.dll')
  // the optional dependency may be absent: then wasm does the work
  if (!existsSync(library)) return
  for (const folder of readdirSync(join(addon, 'lib')))
    copyFileSync(library, join(addon, 'lib', folder, 'tensorflow.dll'))
}
