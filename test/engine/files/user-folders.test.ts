import { expect, it } from 'vitest'
import { findUserFolders } from '../../../src/engine/files/user-folders'

it.each([
  ['linux', {}, '/home/ann/.config/vibralens', '/home/ann/.local/share/vibralens'],
  ['linux', { XDG_CONFIG_HOME: '/c', XDG_DATA_HOME: '/d' }, '/c/vibralens', '/d/vibralens'],
  ['linux', { XDG_CONFIG_HOME: 'relative' }, '/home/ann/.config/vibralens', '/home/ann/.local/share/vibralens'],
  ['linux', { VIBRALENS_CONFIG: '/v', XDG_CONFIG_HOME: '/c' }, '/v', '/v/data'],
  [
    'darwin',
    {},
    '/home/ann/Library/Application Support/VibraLens',
    '/home/ann/Library/Application Support/VibraLens/data',
  ],
  ['win32', { APPDATA: '/r', LOCALAPPDATA: '/l' }, '/r/VibraLens', '/l/VibraLens'],
] as const)('on %s with %j', (platform, environment, config, data) => {
  expect(findUserFolders(environment, platform, '/home/ann')).toEqual({ config, data })
})
