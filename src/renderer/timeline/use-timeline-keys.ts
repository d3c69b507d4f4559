import { useEventListener } from '@vueuse/core'
import { onScopeDispose } from 'vue'
import type { MenuCommand } from '../../shared/contract/shell-requests'
import { useServices } from '../services/services'
import { useDialogStore } from '../stores/use-dialog-store'
import { findKey } from './timeline-keys'
import { useTimelineCommands, type TimelineCommands } from './use-timeline-commands'

/** Keys that these elements need themselves are theirs. */
const ownKeys =
  'input, textarea, select, [contenteditable], [role=slider], [role=menu], [role=listbox], [role=dialog], [role=separator], [role=tab], [role=grid], [role=tree]'

const menu: Partial<Record<MenuCommand, (commands: TimelineCommands) => void>> = {
  'view.fit': (c) => c.fit(),
  'view.zoomIn': (c) => c.zoomIn(),
  'view.zoomOut': (c) => c.zoomOut(),
  'view.toggleMap': (c) => c.toggleMap(),
  'view.nextEvent': (c) => c.nextEvent(),
  'view.previousEvent': (c) => c.previousEvent(),
}

/** The timeline's keys, wherever on the page the focus is, and its entries of the native menu. */
export function useTimelineKeys(): void {
  const { client } = useServices()
  const commands = useTimelineCommands()
  const dialogs = useDialogStore()

  function press(event: KeyboardEvent): void {
    if (event.defaultPrevented || (event.target instanceof Element && event.target.closest(ownKeys) !== null)) return
    if (event.key === '?') {
      dialogs.show({ kind: 'keys' })
      event.preventDefault()
      return
    }
    const found = findKey(event)
    if (found === undefined || !commands.hasRecording()) return
    event.preventDefault()
    found.run(commands)
  }

  useEventListener(window, 'keydown', press)
  onScopeDispose(
    client.subscribe((event) => {
      if (event.name !== 'shell.command') return
      if (event.data.command === 'help.shortcuts') dialogs.show({ kind: 'keys' })
      else menu[event.data.command]?.(commands)
    }),
  )
}
