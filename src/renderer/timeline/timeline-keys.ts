import type { MessageKey } from '../../shared/locales/translate'
import type { TimelineCommands } from './use-timeline-commands'

export interface TimelineKey {
  /** As `KeyboardEvent.key`; letters in lower case. */
  readonly keys: readonly string[]
  readonly shift: boolean
  /** As the help writes it. */
  readonly caption: string
  readonly words: MessageKey
  run(commands: TimelineCommands): void
}

const key = (
  caption: string,
  keys: readonly string[],
  words: MessageKey,
  run: (commands: TimelineCommands) => void,
  shift = false,
): TimelineKey => ({ caption, keys, words, run, shift })

/** One list for the keyboard and for the help. */
export const timelineKeys: readonly TimelineKey[] = [
  key('←', ['arrowleft'], 'timeline.key.pan-left', (c) => c.panLeft()),
  key('→', ['arrowright'], 'timeline.key.pan-right', (c) => c.panRight()),
  key('+', ['+', '='], 'timeline.key.zoom-in', (c) => c.zoomIn()),
  key('−', ['-', '−'], 'timeline.key.zoom-out', (c) => c.zoomOut()),
  key('Home', ['home'], 'timeline.key.start', (c) => c.toStart()),
  key('End', ['end'], 'timeline.key.end', (c) => c.toEnd()),
  key('F', ['f'], 'timeline.key.fit', (c) => c.fit()),
  key('Z', ['z'], 'timeline.key.selection', (c) => c.showSelection()),
  key('J', ['j'], 'timeline.key.next-event', (c) => c.nextEvent()),
  key('K', ['k'], 'timeline.key.previous-event', (c) => c.previousEvent()),
  key('⇧ ←', ['arrowleft'], 'timeline.key.cursor-left', (c) => c.cursorLeft(), true),
  key('⇧ →', ['arrowright'], 'timeline.key.cursor-right', (c) => c.cursorRight(), true),
  key('A', ['a'], 'timeline.key.annotate', (c) => c.annotate()),
  key('C', ['c'], 'timeline.key.confirm', (c) => c.confirmEvent()),
  key('X', ['x'], 'timeline.key.refute', (c) => c.refuteEvent()),
  key('M', ['m'], 'timeline.key.map', (c) => c.toggleMap()),
  key('1', ['1'], 'timeline.key.first-model', (c) => c.chooseModel(1)),
  key('2', ['2'], 'timeline.key.second-model', (c) => c.chooseModel(2)),
  key('Esc', ['escape'], 'timeline.key.clear', (c) => c.clearSelection()),
]

export interface PressedKey {
  readonly key: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

/** Undefined where the timeline has nothing on this key. Signs that need shift on some keyboards count without it. */
export function findKey(pressed: PressedKey): TimelineKey | undefined {
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey) return undefined
  const name = pressed.key.toLowerCase()
  const isSign = name.length === 1 && !/[a-z]/.test(name)
  return timelineKeys.find(({ keys, shift }) => keys.includes(name) && (isSign || shift === pressed.shiftKey))
}

export const pointerHelp: readonly MessageKey[] = [
  'timeline.pointer.pan',
  'timeline.pointer.zoom',
  'timeline.pointer.select',
  'timeline.pointer.event',
  'timeline.pointer.brush',
  'timeline.pointer.fit',
  'timeline.pointer.resize',
]
