import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

/** Where one user's own things are; nothing is made before something is kept there. */
export interface UserFolders {
  /** Settings. */
  readonly config: string
  /** Journals of projects without a file, recent projects. */
  readonly data: string
}

type Environment = Readonly<Record<string, string | undefined>>

/** VIBRALENS_CONFIG wins (its `data` is then inside it); else what the platform prescribes. */
export function findUserFolders(
  environment: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): UserFolders {
  const own = environment['VIBRALENS_CONFIG']
  if (own !== undefined && own !== '') return { config: own, data: join(own, 'data') }
  const given = (name: string, otherwise: string): string => {
    const value = environment[name]
    return value !== undefined && isAbsolute(value) ? value : otherwise // XDG: relative ones are to be ignored
  }
  if (platform === 'win32') {
    const roaming = environment['APPDATA'] ?? join(home, 'AppData', 'Roaming')
    const local = environment['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local')
    return { config: join(roaming, 'VibraLens'), data: join(local, 'VibraLens') }
  }
  if (platform === 'darwin') {
    const folder = join(home, 'Library', 'Application Support', 'VibraLens')
    return { config: folder, data: join(folder, 'data') }
  }
  return {
    config: join(given('XDG_CONFIG_HOME', join(home, '.config')), 'vibralens'),
    data: join(given('XDG_DATA_HOME', join(home, '.local', 'share')), 'vibralens'),
  }
}
