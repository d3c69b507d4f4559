import { expect, it } from 'vitest'
import { unpackedPath } from '../../src/main/unpacked-path'

it.each([
  [
    '/opt/VibraLens/resources/app.asar/out/main/engine.js',
    '/opt/VibraLens/resources/app.asar.unpacked/out/main/engine.js',
  ],
  ['C:\\VibraLens\\resources\\app.asar\\out\\e.js', 'C:\\VibraLens\\resources\\app.asar.unpacked\\out\\e.js'],
  ['/home/me/vibralens/out/main/engine.js', '/home/me/vibralens/out/main/engine.js'],
  ['/home/me/my-app.asar/e.js', '/home/me/my-app.asar/e.js'],
])('%s runs from %s', (path, unpacked) => expect(unpackedPath(path)).toBe(unpacked))
