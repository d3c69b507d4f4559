import type { Handlers } from '../../shared/contract/dispatch'
import type { settingsRequests } from '../../shared/contract/settings-requests'
import type { Session } from '../session'

export function settingsHandlers({ settings }: Session): Pick<Handlers, keyof typeof settingsRequests> {
  return {
    'settings.get': () => settings.get(),
    'settings.set': ({ patch }) => settings.set(patch),
    'settings.setLogo': async ({ file }, context) =>
      settings.setLogo(file === undefined ? undefined : context.resolveFile(file)),
    'settings.logo': () => settings.logo(),
    'settings.remember': async ({ file }, context) => settings.remember(context.resolveFile(file)),
    'settings.forgetRecent': ({ path }) => settings.forgetRecent(path),
    'settings.rememberSession': async ({ files }, context) =>
      settings.rememberSession(files.map((each) => context.resolveFile(each))),
  }
}
