import { onScopeDispose, ref } from 'vue'
import { toast } from 'vue-sonner'
import type { EngineEvent } from '../../shared/contract/events'
import type { MenuCommand } from '../../shared/contract/shell-requests'
import type { ConnectionState } from '../client/host'
import { useCaseStore } from '../stores/use-case-store'
import { useProjectStore } from '../stores/use-project-store'
import { useCasefileKeys, type CasefileCommands } from './use-casefile-keys'
import { useTranslate } from '../services/i18n'
import { useServices } from '../services/services'
import { useAnalysisStore } from '../stores/use-analysis-store'
import { useDialogStore } from '../stores/use-dialog-store'
import { useLibraryStore } from '../stores/use-library-store'
import { useOpeningStore } from '../stores/use-opening-store'

/** What comes from the shell: menu commands, files from outside, a lost connection, a restarted engine. */
export function useShell() {
  const { client, host } = useServices()
  const t = useTranslate()
  const opening = useOpeningStore()
  const commands = useCommands()
  useCasefileKeys(useCasefileCommands())
  const connection = ref<ConnectionState>('open')
  onScopeDispose(host.onConnectionChange((state) => (connection.value = state)))
  onScopeDispose(client.subscribe(take))

  function take(event: EngineEvent): void {
    if (event.name === 'shell.command') commands[event.data.command]?.()
    if (event.name === 'shell.filesOpened') void opening.openFiles(event.data.files)
    if (event.name === 'engine.restarted') {
      toast.warning(t('app.engine-restarted'))
      void opening.openAgain()
    }
  }
  return { connection }
}

/** The commands of the native menu that the page itself does. */
function useCommands(): Partial<Record<MenuCommand, () => void>> {
  const opening = useOpeningStore()
  const dialogs = useDialogStore()
  const analysis = useAnalysisStore()
  const library = useLibraryStore()
  const ofActive = (act: (id: string) => void) => () => library.activeId !== undefined && act(library.activeId)
  const { save, saveAs, undo, redo } = useCasefileCommands()
  return {
    'file.save': save,
    'file.saveAs': saveAs,
    'edit.undo': () => undoText('undo') || undo(),
    'edit.redo': () => undoText('redo') || redo(),
    'file.open': () => void opening.pickFiles(),
    'file.openFolder': () => void opening.pickFolder(),
    'file.report': ofActive((entryId) => dialogs.show({ kind: 'report', entryId })),
    'file.close': ofActive((id) => void library.remove(id)),
    'analysis.run': ofActive((id) => analysis.enqueue([id])),
    'analysis.cancel': ofActive((id) => void analysis.cancel(id)),
    'models.show': () => dialogs.show({ kind: 'models' }),
    'settings.show': () => dialogs.show({ kind: 'settings' }),
    'help.tour': () => dialogs.show({ kind: 'tour' }),
    'help.about': () => dialogs.show({ kind: 'about' }),
  }
}

function useCasefileCommands(): CasefileCommands {
  const project = useProjectStore()
  const desk = useCaseStore()
  return {
    save: () => void desk.save(),
    saveAs: () => void desk.saveAs(),
    undo: () => void project.undo(),
    redo: () => void project.redo(),
  }
}

/** In a text field the menu's undo is that of the text; answers whether it was in one. */
function undoText(command: 'undo' | 'redo'): boolean {
  const isInText = document.activeElement?.matches('input, textarea') === true
  if (isInText) document.execCommand(command)
  return isInText
}
