/** Words of the shells: command line's `serve`, native menus and dialogs. */
export const enShell = {
  'cli.serve.ready': 'VibraLens is open at this address, on this machine only, until Ctrl-C:',
  'cli.serve.no-browser': 'There is no browser to open here; open the address yourself.',
} as const
