import { useEventListener } from '@vueuse/core'
import { useServices } from '../services/services'

export interface CasefileCommands {
  readonly save: () => void
  readonly saveAs: () => void
  readonly undo: () => void
  readonly redo: () => void
}

const texts = 'input, textarea, select, [contenteditable]'

/** Ctrl+S, Ctrl+Z and so on, where no native menu has them; a text field undoes its own text. */
export function useCasefileKeys(commands: CasefileCommands): void {
  const { host } = useServices()
  if (host.capabilities.hasNativeMenu) return
  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return
    const isInText = event.target instanceof Element && event.target.closest(texts) !== null
    const run = commandOf(event, commands)
    if (run === undefined || (isInText && event.key.toLowerCase() !== 's')) return
    event.preventDefault()
    run()
  })
}

function commandOf({ key, shiftKey }: KeyboardEvent, commands: CasefileCommands): (() => void) | undefined {
  const { save, saveAs, undo, redo } = commands
  switch (key.toLowerCase()) {
    case 's':
      return shiftKey ? saveAs : save
    case 'z':
      return shiftKey ? redo : undo
    case 'y':
      return redo
    default:
      return undefined
  }
}
