/** Grows as it is written to; positions in bytes. */
export class ByteWriter {
  private readonly parts: Uint8Array[] = []
  private length = 0

  constructor(private readonly isLittleEndian: boolean) {}

  get position(): number {
    return this.length
  }

  bytes(bytes: Uint8Array): this {
    this.parts.push(bytes)
    this.length += bytes.length
    return this
  }

  text(text: string): this {
    return this.bytes(Uint8Array.from(text, (character) => character.charCodeAt(0)))
  }

  zeros(count: number): this {
    return this.bytes(new Uint8Array(count))
  }

  u16(...values: readonly number[]): this {
    return this.numbers(values, 2, (view, offset, value) => view.setUint16(offset, value, this.isLittleEndian))
  }

  u32(...values: readonly number[]): this {
    return this.numbers(values, 4, (view, offset, value) => view.setUint32(offset, value, this.isLittleEndian))
  }

  u64(...values: readonly number[]): this {
    return this.numbers(values, 8, (view, offset, value) =>
      view.setBigUint64(offset, BigInt(value), this.isLittleEndian),
    )
  }

  f32(...values: readonly number[]): this {
    return this.numbers(values, 4, (view, offset, value) => view.setFloat32(offset, value, this.isLittleEndian))
  }

  f64(...values: readonly number[]): this {
    return this.numbers(values, 8, (view, offset, value) => view.setFloat64(offset, value, this.isLittleEndian))
  }

  /** Zeros up to a multiple of `unit`. */
  padTo(unit: number): this {
    return this.zeros((unit - (this.length % unit)) % unit)
  }

  finish(): Uint8Array {
    const bytes = new Uint8Array(this.length)
    let offset = 0
    for (const part of this.parts) {
      bytes.set(part, offset)
      offset += part.length
    }
    return bytes
  }

  private numbers(
    values: readonly number[],
    width: number,
    set: (view: DataView, offset: number, value: number) => void,
  ): this {
    const bytes = new Uint8Array(values.length * width)
    const view = new DataView(bytes.buffer)
    values.forEach((value, index) => set(view, index * width, value))
    return this.bytes(bytes)
  }
}
