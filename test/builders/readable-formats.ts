import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { buildMatV4, MatV5Builder } from './mat-builder'
import { buildDoubleNpy } from './npy-builder'
import { buildWav } from './wav-builder'
import { buildZip } from './zip-builder'

/** One row of the reader matrix: a file that must open, and what may be said of a part of it. */
interface ReadableFormat {
  readonly name: string
  /** Of the recording: 'wav', 'csv' … */
  readonly format: string
  readonly bytes: Uint8Array
  /** A file that is cut off is noticed. Text is not: its last number may just be shorter. */
  readonly isCutNoticed: boolean
  readonly fuzzCount: number
}

const sampleCount = 400
const sine = Array.from({ length: sampleCount }, (_, index) => Math.sin((2 * Math.PI * index) / 40) * 100)
const ramp = Array.from({ length: sampleCount }, (_, index) => index - 200)
const pairs = sine.flatMap((value, index) => [Math.round(value), ramp[index]])
const rows = sine.map((value, index) => `${(index / 12000).toFixed(6)},${value.toFixed(5)},${ramp[index]}`)
const csv = new TextEncoder().encode(`time (s),a (g),b (g)\n${rows.join('\n')}\n`)

function row(name: string, format: string, bytes: Uint8Array, other: Partial<ReadableFormat> = {}): ReadableFormat {
  return { name, format, bytes, isCutNoticed: true, fuzzCount: 2000, ...other }
}

/** Every format that is read, once or more; add new readers here and the matrix tests them. */
export function listReadableFormats(): readonly ReadableFormat[] {
  const stereo = { channelCount: 2 }
  const little = new MatV5Builder()
  const big = new MatV5Builder(false)
  const bearing = (builder: MatV5Builder): Uint8Array =>
    builder.struct('bearing', {
      sr: builder.doubles('', [1, 1], [12000]),
      gs: builder.doubles('', [sampleCount, 1], sine),
      parts: builder.cell('', [builder.doubles('', [1, sampleCount], ramp), builder.text('', 'pump')]),
    })
  const members = [
    { name: 'x.npy', content: buildDoubleNpy(sine) },
    { name: 'fs.npy', content: buildDoubleNpy([12000], [1]) },
  ]
  return [
    row('wav, 16 bit', 'wav', buildWav(pairs, { ...stereo, broadcast: new Uint8Array(602) })),
    row('wav, 24 bit', 'wav', buildWav(pairs, { ...stereo, bits: 24, isExtensible: true })),
    row('wav, 32 bit float, RIFX', 'wav', buildWav(sine, { codec: 3, bits: 32, container: 'RIFX' })),
    row('wav, RF64', 'wav', buildWav(pairs, { ...stereo, container: 'RF64' })),
    row('npy', 'npy', buildDoubleNpy([...sine, ...ramp], [sampleCount, 2])),
    row('npz, stored', 'npz', buildZip(members)),
    row('npz, deflated', 'npz', buildZip(members.map((member) => ({ ...member, isDeflated: true }))), {
      fuzzCount: 1000,
    }),
    row('mat v4', 'mat-v4', buildMatV4([{ name: 'x', rowCount: sampleCount, columnCount: 1, values: sine }])),
    row(
      'mat v6',
      'mat-v5',
      little
        .add(little.doubles('x', [sampleCount, 1], sine))
        .add(bearing(little))
        .finish(),
    ),
    row('mat v7', 'mat-v5', new MatV5Builder().addCompressed(bearing(little)).finish(), { fuzzCount: 1000 }),
    row(
      'mat v7, big endian',
      'mat-v5',
      big
        .addCompressed(bearing(big))
        .add(big.doubles('y', [1, 400], ramp))
        .finish(),
      { fuzzCount: 1000 },
    ),
    row('mat v7.3', 'mat-v7.3', readFileSync(join(import.meta.dirname, '../fixtures/recordings/nested-v73.mat')), {
      fuzzCount: 100,
    }),
    row('csv', 'csv', csv, { isCutNoticed: false, fuzzCount: 300 }),
    row('csv.gz', 'csv', gzipSync(csv), { fuzzCount: 300 }),
  ]
}
