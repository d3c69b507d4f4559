import type { Dataset, Entity, File as Hdf5File, Group, Reference } from 'h5wasm/node'
import { AnalyzerError } from '../../shared/errors'
import { guardHdf5, type Hdf5Library } from './hdf5-library'
import { deepestNesting, mostValues, type MatValue, type MatVariable } from './mat-variables'
import type { ItemReader } from './packed-items'
import type { Notice } from './recording'

/** The library unpacks whole chunks; MATLAB's own are well under a megabyte. */
const largestChunkBytes = 64 * 2 ** 20
const itemsPerRead = 1 << 18
const largestTextItems = 65_536
const longestAttribute = 4096
const numericClasses = new Set('double,single,int8,uint8,int16,uint16,int32,uint32,int64,uint64,logical'.split(','))
/** H5T classes (H5Tpublic.h). */
const integerType = 0
const floatType = 1
const referenceType = 7
const enumType = 8

/**
 * MATLAB 7.3 on HDF5: structs are groups, cells and struct arrays are datasets of references into #refs#, the attribute
 * MATLAB_class names the class. HDF5's last axis varies fastest, so its shape is MATLAB's reversed and the linear order
 * is the same.
 */
export class MatTree {
  readonly notices: Notice[] = []
  private valuesLeft = mostValues

  constructor(
    private readonly file: Hdf5File,
    private readonly library: Hdf5Library,
    private readonly fileName: string,
  ) {}

  readVariables(): readonly MatVariable[] {
    return guardHdf5(this.fileName, () =>
      this.namesOf(this.file).map((name) => ({ name, value: this.readChild(this.file, name, 0) })),
    )
  }

  /** #refs# and #subsystem# are MATLAB's own stores. */
  private namesOf(group: Group): readonly string[] {
    return group.keys().filter((name) => !name.startsWith('#'))
  }

  private readChild(group: Group, name: string, depth: number): MatValue {
    return this.readEntity(group.get(name), depth)
  }

  private readEntity(entity: Entity | null | { readonly source_dataset: unknown }, depth: number): MatValue {
    if (depth > deepestNesting) throw this.damaged(`its structs and cells are nested more than ${deepestNesting} deep`)
    if (--this.valuesLeft < 0) throw this.damaged(`it holds more than ${mostValues} values`)
    if (entity instanceof this.library.Dataset) return this.readDataset(entity, depth)
    if (entity instanceof this.library.Group) return this.readGroup(entity, depth)
    // links out of the file are not followed
    return { kind: 'other', what: 'a broken or external link' }
  }

  private readGroup(group: Group, depth: number): MatValue {
    const className = this.attributeOf(group, 'MATLAB_class')
    if (this.attributeNames(group).includes('MATLAB_sparse')) return { kind: 'other', what: 'a sparse matrix' }
    if (className !== undefined && className !== 'struct')
      return { kind: 'other', what: `an object of class ${className}` }
    const names = this.namesOf(group)
    const fields = new Map(names.map((name) => [name, this.readChild(group, name, depth + 1)]))
    return { kind: 'struct', elements: asStructArray(group, names, fields, this.library) ?? [fields] }
  }

  private readDataset(dataset: Dataset, depth: number): MatValue {
    const className = this.attributeOf(dataset, 'MATLAB_class')
    const attributes = this.attributeNames(dataset)
    if (attributes.includes('MATLAB_empty')) return { kind: 'cell', items: [] }
    const { type, shape } = dataset.metadata
    if (type === referenceType) return this.readReferences(dataset, depth)
    if (className === 'char') return this.readText(dataset)
    if (className !== undefined && !numericClasses.has(className))
      return { kind: 'other', what: `an object of class ${className}` }
    if (type !== integerType && type !== floatType && type !== enumType)
      return { kind: 'other', what: 'complex or structured numbers' }
    const dims = [...(shape ?? [])].reverse()
    const items = this.itemsOf(dataset)
    if (items === undefined) return { kind: 'other', what: 'an array in a layout that is not read' }
    return { kind: 'numeric', dims: dims.length === 0 ? [1, 1] : dims, items }
  }

  /** Cells, and the fields of struct arrays. */
  private readReferences(dataset: Dataset, depth: number): MatValue {
    const count = this.countOf(dataset)
    if (count > this.valuesLeft) throw this.damaged(`a cell array promises ${count} cells`)
    this.checkThere(dataset, count)
    const references: unknown = dataset.value
    const list = Array.isArray(references) ? references : [references]
    const isReference = (entry: unknown): entry is Reference => entry instanceof this.library.Reference
    return {
      kind: 'cell',
      items: list.filter(isReference).map((entry) => this.readEntity(this.file.dereference(entry), depth + 1)),
    }
  }

  private readText(dataset: Dataset): MatValue {
    const items = this.countOf(dataset)
    if (items > largestTextItems || dataset.metadata.type !== integerType)
      return { kind: 'other', what: 'a very long text' }
    this.checkThere(dataset, items)
    const codes: unknown = dataset.value
    if (!isTypedArray(codes)) return { kind: 'text', text: '' }
    return { kind: 'text', text: Array.from(codes, (code) => String.fromCharCode(Number(code))).join('') }
  }

  /** Reads by range: a part of one row, or whole rows that are cut to size. undefined for other layouts. */
  private itemsOf(dataset: Dataset): ItemReader | undefined {
    const { shape, chunks, size, type } = dataset.metadata
    if (dataset.metadata.virtual_sources !== undefined || shape === null || shape.length > 2) return undefined
    if (type === floatType ? size !== 4 && size !== 8 : ![1, 2, 4, 8].includes(size)) return undefined
    const chunkBytes = (chunks ?? []).reduce((product, length) => product * length, size)
    if (chunkBytes > largestChunkBytes) throw this.damaged(`an array is packed in chunks of ${chunkBytes} bytes`)
    const count = this.countOf(dataset)
    const columnCount = shape.length === 2 ? shape[1] : 1
    return {
      itemCount: count,
      read: async (start, end, step) =>
        everyNth(
          guardHdf5(this.fileName, () => this.readItems(dataset, columnCount, start, end)),
          step,
        ),
    }
  }

  private readItems(dataset: Dataset, columnCount: number, start: number, end: number): Float64Array {
    const values = new Float64Array(end - start)
    const shape = dataset.metadata.shape ?? []
    for (let at = start; at < end;) {
      const column = at % columnCount
      const row = Math.floor(at / columnCount)
      // the rest of a row that was begun, else as many whole rows as there are
      const isPart = column > 0 || end - at < columnCount || columnCount > itemsPerRead
      const rowCount = isPart
        ? 1
        : Math.min(Math.floor((end - at) / columnCount), Math.ceil(itemsPerRead / columnCount))
      const to = isPart ? Math.min(columnCount, column + Math.min(end - at, itemsPerRead)) : columnCount
      const ranges: [number, number][] = [
        [row, row + rowCount],
        [column, to],
      ]
      const part: unknown = shape.length === 0 ? [dataset.value] : dataset.slice(ranges.slice(0, shape.length))
      const count = rowCount * (to - column)
      if ((!isTypedArray(part) && !Array.isArray(part)) || part.length !== count)
        throw this.damaged('an array is shorter than its size')
      for (let i = 0; i < count; i++) values[at - start + i] = Number(part[i])
      at += count
    }
    return values
  }

  private countOf(dataset: Dataset): number {
    const count = (dataset.metadata.shape ?? []).reduce((product, length) => product * length, 1)
    if (!Number.isSafeInteger(count) || count < 0) throw this.damaged('an array has an impossible size')
    return count
  }

  /** Before anything is read whole. */
  private checkThere(dataset: Dataset, count: number): void {
    if (count * dataset.metadata.size > largestChunkBytes)
      throw this.damaged(`an array promises ${count} items of ${dataset.metadata.size} bytes`)
  }

  private attributeNames(object: Dataset | Group): readonly string[] {
    return Object.keys(object.attrs)
  }

  private attributeOf(object: Dataset | Group, name: string): string | undefined {
    if (!this.attributeNames(object).includes(name)) return undefined
    const attribute = object.attrs[name]
    if (attribute.metadata.size * attribute.metadata.total_size > longestAttribute) return undefined
    const value: unknown = attribute.value
    return typeof value === 'string' ? value : undefined
  }

  private damaged(reason: string): AnalyzerError {
    return new AnalyzerError('unreadable-file', `"${this.fileName}" is a damaged MATLAB file: ${reason}.`, {
      name: this.fileName,
    })
  }
}

/** A struct array: every field is a dataset of references of the same count, without a class of its own. */
function asStructArray(
  group: Group,
  names: readonly string[],
  fields: ReadonlyMap<string, MatValue>,
  library: Hdf5Library,
): readonly ReadonlyMap<string, MatValue>[] | undefined {
  const columns: [string, readonly MatValue[]][] = []
  for (const name of names) {
    const value = fields.get(name)
    const entity = group.get(name)
    const isColumn = entity instanceof library.Dataset && !('MATLAB_class' in entity.attrs) && value?.kind === 'cell'
    if (!isColumn) return undefined
    columns.push([name, value.items])
  }
  if (columns.length === 0) return undefined
  const count = Math.min(...columns.map(([, items]) => items.length))
  return Array.from({ length: count }, (_, index) => new Map(columns.map(([name, items]) => [name, items[index]])))
}

function everyNth(values: Float64Array, step: number): Float64Array {
  if (step === 1) return values
  return Float64Array.from({ length: Math.ceil(values.length / step) }, (_, index) => values[index * step])
}

function isTypedArray(value: unknown): value is ArrayLike<number | bigint> {
  return ArrayBuffer.isView(value) && !(value instanceof DataView)
}
