import { ByteWriter } from './byte-writer'

/** An .npy with this header text; `data` is what follows, whatever the header promises. */
export function buildNpy(descr: string, shape: readonly number[], data: Uint8Array, isFortran = false): Uint8Array {
  const list = shape.length === 1 ? `${shape[0]},` : shape.join(', ')
  return buildNpyWithHeader(
    `{'descr': ${descr}, 'fortran_order': ${isFortran ? 'True' : 'False'}, 'shape': (${list}), }`,
    data,
  )
}

export function buildNpyWithHeader(header: string, data: Uint8Array): Uint8Array {
  const text = `${header.padEnd(117)}\n`
  return new ByteWriter(true).text('\x93NUMPY\x01\0').u16(text.length).text(text).bytes(data).finish()
}

export function buildDoubleNpy(values: readonly number[], shape: readonly number[] = [values.length]): Uint8Array {
  return buildNpy("'<f8'", shape, new ByteWriter(true).f64(...values).finish())
}
