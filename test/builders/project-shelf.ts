import { join } from 'node:path'
import type { Disk } from '../../src/engine/files/disk'
import { realDisk } from '../../src/engine/files/disk'
import { FileGrants } from '../../src/engine/files/file-grants'
import { ProjectShelf } from '../../src/engine/project/project-shelf'
import type { ProjectChange } from '../../src/shared/project/project-state'
import { defaultSettings } from '../../src/shared/settings'

/** The projects of one program, without the rest of the engine. */
export function openShelf(userFolder: string, given: { readonly disk?: Disk; readonly autosaveSeconds?: number } = {}) {
  const changes: ProjectChange[] = []
  const shelf = new ProjectShelf({
    disk: given.disk ?? realDisk,
    data: join(userFolder, 'data'),
    programVersion: () => '0.0.0',
    now: () => new Date().toISOString(),
    openRecording: () => Promise.reject(new Error('this shelf opens no recordings')),
    grants: new FileGrants(),
    settings: async () => ({ ...defaultSettings, autosaveSeconds: given.autosaveSeconds ?? 0 }),
    remember: async () => undefined,
    changed: (change) => changes.push(change),
  })
  const { signal } = new AbortController()
  return { shelf, changes, signal, resolveFile: (path: string) => path }
}
