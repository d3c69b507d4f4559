import type { PickKind } from './host'

export interface Dropped {
  readonly files: readonly File[]
  /** What lay in dropped folders, at any depth. */
  readonly fromFolders: readonly File[]
}

/** The browser's own dialog; empty when it is closed. */
export function pickWithInput(
  document: Document,
  { kind, isFolder }: { readonly kind: PickKind; readonly isFolder: boolean },
): Promise<readonly File[]> {
  const input = document.createElement('input')
  input.type = 'file'
  input.multiple = kind !== 'project'
  input.webkitdirectory = isFolder
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve([...(input.files ?? [])]), { once: true })
    input.addEventListener('cancel', () => resolve([]), { once: true })
    input.click()
  })
}

/** A DataTransfer is empty once its event has ended: entries are taken at once, then walked. */
export async function collectDropped(items: DataTransfer): Promise<Dropped> {
  const files: File[] = []
  const folders: FileSystemEntry[] = []
  for (const item of items.items) {
    if (item.kind !== 'file') continue
    const entry = item.webkitGetAsEntry()
    const file = item.getAsFile()
    if (entry?.isDirectory === true) folders.push(entry)
    else if (file !== null) files.push(file)
  }
  const fromFolders: File[] = []
  for (const folder of folders) await walk(folder, fromFolders)
  return { files, fromFolders }
}

async function walk(entry: FileSystemEntry, found: File[]): Promise<void> {
  if (isFileEntry(entry)) {
    found.push(await new Promise<File>((resolve, reject) => entry.file(resolve, reject)))
  } else if (isDirectoryEntry(entry)) {
    for (const child of await readFolder(entry.createReader())) await walk(child, found)
  }
}

/** A reader answers at most 100 entries at a time, and none at the end. */
async function readFolder(reader: FileSystemDirectoryReader): Promise<readonly FileSystemEntry[]> {
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0)
      return all.sort((one, other) => one.name.localeCompare(other.name, undefined, { numeric: true }))
    all.push(...some)
  }
}

const isFileEntry = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile
const isDirectoryEntry = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory
