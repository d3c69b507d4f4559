import { copyFile, mkdir, writeFile, appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createPackage } from '@electron/asar'

/** Where @electron/fuses looks for the fuses in a binary: this text, version, count, and one digit a fuse. */
const fuseSentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const fuseCount = 9

/** A folder laid out as an unpacked Electron for Linux, with a program of no consequence that has fuses. */
export async function makeFakeElectron(folder: string, version: string): Promise<void> {
  await mkdir(join(folder, 'resources'), { recursive: true })
  await mkdir(join(folder, 'locales'))
  await mkdir(join(folder, 'app'))
  await copyFile('/bin/true', join(folder, 'electron'))
  const wire = [Buffer.from(fuseSentinel), Buffer.from([1, fuseCount]), Buffer.from('1'.repeat(fuseCount))]
  await appendFile(join(folder, 'electron'), Buffer.concat([Buffer.alloc(1), ...wire, Buffer.alloc(1)]))
  await writeFile(join(folder, 'version'), `v${version}\n`)
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox', 'resources.pak', 'locales/en-US.pak']) {
    await writeFile(join(folder, name), '')
  }
  await writeFile(join(folder, 'app/package.json'), '{}')
  await createPackage(join(folder, 'app'), join(folder, 'resources/default_app.asar'))
}
