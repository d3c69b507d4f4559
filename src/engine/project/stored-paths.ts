import { isAbsolute, relative, resolve, sep } from 'node:path'
import type { ProjectEdit } from '../../shared/project/edits'
import type { ProjectDocument, ProjectRecording } from '../../shared/project/project-document'

/**
 * In the engine a recording's path is absolute; in files, journals and windows it is relative to the project's folder,
 * with slashes, so that a case can be moved as a whole. Without a folder, or on another drive, it stays absolute.
 */
export interface PathMap {
  toStored(path: string): string
  toAbsolute(stored: string): string
}

export function pathMap(folder: string | undefined): PathMap {
  return {
    toStored: (path) => {
      const near = folder === undefined ? path : relative(folder, path)
      return near.split(sep).join('/')
    },
    toAbsolute: (stored) => (folder === undefined || isAbsolute(stored) ? resolve(stored) : resolve(folder, stored)),
  }
}

export function mapDocument(document: ProjectDocument, map: (path: string) => string): ProjectDocument {
  return { ...document, recordings: document.recordings.map((recording) => mapRecording(recording, map)) }
}

export function mapEdit(edit: ProjectEdit, map: (path: string) => string): ProjectEdit {
  if (edit.type === 'recordings.add') {
    return {
      ...edit,
      entries: edit.entries.map((entry) => ({ ...entry, recording: mapRecording(entry.recording, map) })),
    }
  }
  return edit.type === 'recording.relocate' ? { ...edit, file: { ...edit.file, path: map(edit.file.path) } } : edit
}

function mapRecording(recording: ProjectRecording, map: (path: string) => string): ProjectRecording {
  return { ...recording, file: { ...recording.file, path: map(recording.file.path) } }
}
