import type { NamedArray } from './named-arrays'
import type { NamedContent } from './named-recording'
import type { ItemReader } from './packed-items'
import type { Notice } from './recording'

/** A MATLAB value, whichever version of the file it comes from. Numbers stay in the file until they are read. */
export type MatValue =
  | {
      readonly kind: 'numeric'
      readonly dims: readonly number[]
      /** Column-major; fewer than the dims promise where the file is cut off. */
      readonly items: ItemReader
    }
  /** One map of fields an element; most structs are 1 × 1. */
  | { readonly kind: 'struct'; readonly elements: readonly ReadonlyMap<string, MatValue>[] }
  | { readonly kind: 'cell'; readonly items: readonly MatValue[] }
  | { readonly kind: 'text'; readonly text: string }
  /** Not a signal: `what` says why ('sparse', 'complex numbers', 'an object of class table'). */
  | { readonly kind: 'other'; readonly what: string }

export interface MatVariable {
  readonly name: string
  readonly value: MatValue
}

export interface MatContent {
  readonly variables: readonly MatVariable[]
  readonly notices: readonly Notice[]
  /** Releases what was unpacked or opened beside the source. */
  release(): Promise<void>
}

/** Structs and cells in one another; deeper ones are refused (a real file has three or four levels). */
export const deepestNesting = 32
/** Values in one file, cells and fields counted: a hostile file may promise billions. */
export const mostValues = 100_000
const mostNotices = 20

/** Paths as MATLAB writes them: `bearing.gs`, `runs(2).x`, `cells{3}`. */
export function flattenVariables(content: MatContent): NamedContent {
  const arrays: NamedArray[] = []
  const texts = new Map<string, string>()
  const notices: Notice[] = [...content.notices]
  const visit = (path: string, value: MatValue): void => {
    switch (value.kind) {
      case 'numeric':
        return addNumeric(path, value.dims, value.items, arrays, notices)
      case 'text':
        texts.set(path, value.text)
        return
      case 'cell':
        return value.items.forEach((item, index) => visit(`${path}{${index + 1}}`, item))
      case 'struct':
        return visitStruct(path, value.elements, visit)
      case 'other':
        notices.push(skipped(path, value.what))
    }
  }
  for (const { name, value } of content.variables) visit(name, value)
  return { arrays, texts, notices: limitNotices(notices) }
}

function visitStruct(
  path: string,
  elements: readonly ReadonlyMap<string, MatValue>[],
  visit: (path: string, value: MatValue) => void,
): void {
  elements.forEach((fields, index) => {
    const element = elements.length === 1 ? path : `${path}(${index + 1})`
    for (const [name, value] of fields) visit(`${element}.${name}`, value)
  })
}

function addNumeric(
  path: string,
  dims: readonly number[],
  items: ItemReader,
  arrays: NamedArray[],
  notices: Notice[],
): void {
  const axes = dims.filter((length) => length !== 1)
  if (axes.length > 2) {
    notices.push(skipped(path, `an array with ${axes.length} axes, 1 or 2 were expected`))
    return
  }
  const [rowCount, columnCount] = [axes[0] ?? 1, axes[1] ?? 1]
  arrays.push({ path, rowCount, columnCount, rowStride: 1, columnStride: rowCount, items })
}

function skipped(path: string, what: string): Notice {
  return { code: 'skipped-variable', message: `"${path}" is left out: ${what}.` }
}

function limitNotices(notices: readonly Notice[]): readonly Notice[] {
  if (notices.length <= mostNotices) return notices
  const rest = notices.length - mostNotices
  return [
    ...notices.slice(0, mostNotices),
    { code: 'more-notices', message: `${rest} more notices of this kind are left out.` },
  ]
}
