import type { Handlers, RequestContext } from '../../shared/contract/dispatch'
import type { projectRequests } from '../../shared/contract/project-requests'
import { translator } from '../../shared/locales/translate'
import { composeChecklist } from '../../shared/project/checklist'
import { exportAnnotations } from '../../shared/project/export-annotations'
import { detectFormat, planImport } from '../../shared/project/import-annotations'
import { describeWriteError } from '../files/write-errors'
import { writeWhole } from '../files/write-whole'
import type { Session } from '../session'
import { readAnnotationText } from './annotation-text'
import type { ProjectShelf } from './project-shelf'
import { newId } from './requested-edit'

export type ProjectHandlers = Pick<Handlers, keyof typeof projectRequests>

export function createProjectHandlers(session: Session): ProjectHandlers {
  const { projects } = session
  return { ...fileHandlers(projects), ...editHandlers(projects), ...annotationHandlers(session) }
}

function fileHandlers(
  projects: ProjectShelf,
): Pick<
  ProjectHandlers,
  | 'project.create'
  | 'project.open'
  | 'project.takeOver'
  | 'project.state'
  | 'project.save'
  | 'project.saveAs'
  | 'project.close'
  | 'project.recent'
  | 'project.relocate'
> {
  return {
    'project.create': () => projects.create(),
    'project.open': async (input, context) =>
      'unsaved' in input
        ? projects.openUnsaved(input.unsaved, context.signal)
        : projects.open(context.resolveFile(input.file), input.how ?? 'edit', context.signal),
    'project.takeOver': ({ project }, context) => projects.takeOver(project, context.signal),
    'project.state': async ({ project }) => projects.stateOf(projects.get(project)),
    'project.save': async ({ project, overwrite }) => {
      const { project: open } = projects.get(project)
      await open.save(overwrite === true)
      return open.flags
    },
    'project.saveAs': async ({ project, file }, context) => projects.saveAs(project, context.resolveFile(file)),
    'project.close': async ({ project, changes }) => {
      await projects.close(project, changes)
      return {}
    },
    'project.recent': () => projects.recent(),
    'project.relocate': async ({ project, recordingId, file, acceptChanged }, context) => {
      const request = { recordingId, path: context.resolveFile(file), acceptChanged: acceptChanged === true }
      return projects.relocate(project, request, context.signal)
    },
  }
}

function editHandlers(
  projects: ProjectShelf,
): Pick<ProjectHandlers, 'project.edit' | 'project.undo' | 'project.redo' | 'project.checklist'> {
  return {
    'project.edit': async ({ project, edit, mergeKey }, context) => {
      const ids = await projects.edit(project, edit, mergeKey, context)
      return { ids, flags: projects.get(project).project.flags }
    },
    'project.undo': async ({ project }) => {
      const { project: open } = projects.get(project)
      await open.undo()
      return open.flags
    },
    'project.redo': async ({ project }) => {
      const { project: open } = projects.get(project)
      await open.redo()
      return open.flags
    },
    'project.checklist': async ({ project, recordingIds, locale }) => {
      const { document, recordings } = projects.stateOf(projects.get(project))
      const states = Object.fromEntries(recordings.map(({ recordingId, state }) => [recordingId, state]))
      return composeChecklist(document, states, recordingIds, translator(locale))
    },
  }
}

function annotationHandlers({
  projects,
  settings,
}: Session): Pick<ProjectHandlers, 'annotation.export' | 'annotation.import'> {
  return {
    'annotation.export': async ({ project, format, recordingId, file }, context) => {
      const exported = exportAnnotations(projects.get(project).project.document, format, recordingId)
      if (file !== undefined) await writeText(file, exported.text, context)
      return exported
    },
    'annotation.import': async ({ project, file, format, recordingId }, context) => {
      const { text, name } = await readAnnotationText(context.resolveFile(file))
      const { author } = (await settings.get()).settings
      const { project: open } = projects.get(project)
      const { annotations, skippedCount } = planImport(text, format ?? detectFormat(text), {
        document: open.document,
        recordingId,
        name,
        author,
        now: new Date().toISOString(),
        newId: () => newId('ann'),
      })
      if (annotations.length > 0) await open.edit({ type: 'annotations.add', annotations: [...annotations] })
      return { addedCount: annotations.length, skippedCount, flags: open.flags }
    },
  }
}

async function writeText(file: string, text: string, context: RequestContext): Promise<void> {
  const path = context.resolveFile(file)
  try {
    await writeWhole(path, text)
  } catch (error) {
    throw describeWriteError(error, path, 'Nothing was written.')
  }
}
