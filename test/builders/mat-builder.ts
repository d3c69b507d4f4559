import { deflateSync } from 'node:zlib'
import { ByteWriter } from './byte-writer'

/** A level 4 variable of doubles, column-major. */
export function buildMatV4(
  variables: readonly {
    readonly name: string
    readonly rowCount: number
    readonly columnCount: number
    readonly values: readonly number[]
  }[],
  isLittleEndian = true,
): Uint8Array {
  const writer = new ByteWriter(isLittleEndian)
  for (const { name, rowCount, columnCount, values } of variables) {
    writer
      .u32(isLittleEndian ? 0 : 1000, rowCount, columnCount, 0, name.length + 1)
      .text(`${name}\0`)
      .f64(...values)
  }
  return writer.finish()
}

/** Level 5 elements of one byte order. */
export class MatV5Builder {
  private readonly variables: Uint8Array[] = []

  constructor(readonly isLittleEndian = true) {}

  addCompressed(matrix: Uint8Array): this {
    const packed = deflateSync(matrix)
    this.variables.push(this.writer().u32(15, packed.length).bytes(packed).finish())
    return this
  }

  add(matrix: Uint8Array): this {
    this.variables.push(matrix)
    return this
  }

  finish(): Uint8Array {
    const writer = this.writer().text('MATLAB 5.0 MAT-file, written by mat-builder.ts'.padEnd(124)).u16(0x0100, 0x4d49)
    for (const variable of this.variables) writer.bytes(variable)
    return writer.finish()
  }

  doubles(name: string, dims: readonly number[], values: readonly number[]): Uint8Array {
    return this.matrix(6, name, dims, [
      this.element(
        9,
        this.writer()
          .f64(...values)
          .finish(),
      ),
    ])
  }

  struct(name: string, fields: Readonly<Record<string, Uint8Array>>): Uint8Array {
    const names = Object.keys(fields).map((field) => field.padEnd(32, '\0'))
    const length = this.element(5, this.writer().u32(32).finish())
    return this.matrix(
      2,
      name,
      [1, 1],
      [length, this.element(1, this.writer().text(names.join('')).finish()), ...Object.values(fields)],
    )
  }

  cell(name: string, items: readonly Uint8Array[]): Uint8Array {
    return this.matrix(1, name, [1, items.length], items)
  }

  text(name: string, text: string): Uint8Array {
    return this.matrix(4, name, [1, text.length], [this.element(16, this.writer().text(text).finish())])
  }

  /** Any class; `parts` are whole elements. */
  matrix(classId: number, name: string, dims: readonly number[], parts: readonly Uint8Array[]): Uint8Array {
    const body = this.writer()
      .bytes(this.element(6, this.writer().u32(classId, 0).finish()))
      .bytes(
        this.element(
          5,
          this.writer()
            .u32(...dims)
            .finish(),
        ),
      )
      .bytes(this.element(1, this.writer().text(name).finish()))
    for (const part of parts) body.bytes(part)
    return this.element(14, body.finish())
  }

  element(type: number, content: Uint8Array): Uint8Array {
    return this.writer().u32(type, content.length).bytes(content).padTo(8).finish()
  }

  private writer(): ByteWriter {
    return new ByteWriter(this.isLittleEndian)
  }
}
