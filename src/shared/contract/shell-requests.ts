import { z } from 'zod'

/**
 * Requests that the shell answers itself, at the same door, before the engine sees anything: dialogs, files, clipboard.
 * A renderer never names a path that the user did not grant: it gets handles.
 */

const declare = <Output>() => z.custom<Output>()
const byteArray = z.custom<Uint8Array>((value) => value instanceof Uint8Array)
const fileName = z.string().min(1).max(255)

export interface GrantedFile {
  /** To be given to the engine's requests as `file`. */
  readonly handle: string
  /** Without folders. */
  readonly name: string
  readonly bytes: number
}

export const shellRequests = {
  /** Opens a dialog; empty = the user closed it. */
  'shell.pickFiles': {
    input: z.strictObject({ kind: z.enum(['recordings', 'project', 'any']) }),
    output: declare<readonly GrantedFile[]>(),
  },
  'shell.pickFolder': { input: z.strictObject({}), output: declare<readonly GrantedFile[]>() },
  /** Electron: what the user dropped. The preload script turns the File objects into paths; a page cannot. */
  'shell.grantDropped': {
    input: z.strictObject({ files: z.array(z.unknown()).max(10_000) }),
    output: declare<readonly GrantedFile[]>(),
  },
  /** Browser: a folder below the server's roots; null = the roots themselves. */
  'shell.listFolder': {
    input: z.strictObject({ handle: z.string().nullable() }),
    output: declare<{
      readonly name: string
      readonly folders: readonly { readonly handle: string; readonly name: string }[]
      readonly files: readonly GrantedFile[]
    }>(),
  },
  /** Asks where to save, and grants that path for writing; null = the user closed the dialog. */
  'shell.pickSaveTarget': { input: z.strictObject({ suggestedName: fileName }), output: declare<GrantedFile | null>() },
  /** Writes to a target that `shell.pickSaveTarget` granted. */
  'shell.saveBytes': {
    input: z.strictObject({ handle: z.string(), bytes: byteArray }),
    output: declare<Record<string, never>>(),
  },
  'shell.revealFile': { input: z.strictObject({ handle: z.string() }), output: declare<Record<string, never>>() },
  /** While the page handles `dragstart`: the file itself is dragged, to wherever it is dropped. */
  'shell.dragOut': { input: z.strictObject({ handle: z.string() }), output: declare<Record<string, never>>() },
  'shell.copyText': {
    input: z.strictObject({ text: z.string().max(10_000_000) }),
    output: declare<Record<string, never>>(),
  },
  'shell.copyImage': {
    input: z.strictObject({ png: byteArray }),
    output: declare<Record<string, never>>(),
  },
  /** Files that the program was started with, or that a second start handed over. */
  'shell.startFiles': { input: z.strictObject({}), output: declare<readonly GrantedFile[]>() },
  'shell.setTitle': {
    input: z.strictObject({ title: z.string().max(300), hasUnsavedChanges: z.boolean() }),
    output: declare<Record<string, never>>(),
  },
  'shell.setLocale': {
    input: z.strictObject({ locale: z.enum(['en', 'zh-CN']) }),
    output: declare<Record<string, never>>(),
  },
} as const

export type ShellRequestName = keyof typeof shellRequests
export type ShellRequestInput<Name extends ShellRequestName> = z.infer<(typeof shellRequests)[Name]['input']>
export type ShellRequestOutput<Name extends ShellRequestName> = z.infer<(typeof shellRequests)[Name]['output']>

export function isShellRequestName(name: string): name is ShellRequestName {
  return Object.hasOwn(shellRequests, name)
}

/** Commands of the native menu, sent to the page by the event `shell.command`; the page has the same commands itself. */
export const menuCommands = [
  'file.open',
  'file.openFolder',
  'file.save',
  'file.saveAs',
  'file.report',
  'file.close',
  'edit.undo',
  'edit.redo',
  'edit.copy',
  'view.fit',
  'view.zoomIn',
  'view.zoomOut',
  'view.toggleMap',
  'view.nextEvent',
  'view.previousEvent',
  'analysis.run',
  'analysis.cancel',
  'models.show',
  'settings.show',
  'help.shortcuts',
  'help.tour',
  'help.about',
] as const
export type MenuCommand = (typeof menuCommands)[number]
