import { describe, expect, it } from 'vitest'
import { memorySource } from '../../../src/engine/readers/byte-source'
import { openRecording } from '../../../src/engine/readers/open-recording'
import type { Recording } from '../../../src/engine/readers/recording'
import { AnalyzerError } from '../../../src/shared/errors'
import { createRandom, type Random } from '../../../src/shared/random'
import { buildMatV4, MatV5Builder } from '../../builders/mat-builder'
import { buildNpy, buildNpyWithHeader } from '../../builders/npy-builder'
import { listReadableFormats } from '../../builders/readable-formats'
import { buildWav } from '../../builders/wav-builder'
import { buildZip } from '../../builders/zip-builder'
import { countReads } from '../../helpers/counting-source'

type Outcome =
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  | {
      readonly kind: 'read'
      readonly format: string
      readonly noticeCount: number
      readonly samples: readonly Float32Array[]
    }

const formats = listReadableFormats()
/** Deflate packs at most 1032 times. */
const mostInflation = 1100

/** Whatever the bytes are: a recording whose first 256 channels can be read whole, or an AnalyzerError with a sentence. */
async function tryToRead(bytes: Uint8Array): Promise<Outcome> {
  const source = countReads(memorySource('candidate', bytes))
  try {
    const recording = await openRecording(source, {})
    try {
      return await readWhole(recording, bytes.length)
    } finally {
      await recording.close()
    }
  } catch (error) {
    if (!(error instanceof AnalyzerError)) throw error
    expect(error.code).toMatch(/^(unreadable-file|unsupported-format)$/)
    expect(error.message).toMatch(/^\S.{10,400}\.$/s)
    return { kind: 'refused', code: error.code, message: error.message }
  } finally {
    expect(source.counts.closed).toBeGreaterThan(0)
  }
}

async function readWhole(recording: Recording, byteCount: number): Promise<Outcome> {
  const samples: Float32Array[] = []
  const promised = recording.channels.reduce((sum, { sampleCount }) => sum + sampleCount, 0)
  expect(promised).toBeLessThanOrEqual(byteCount * mostInflation)
  for (const channel of recording.channels.slice(0, 256)) {
    const values = await channel.read({ start: 0, end: channel.sampleCount })
    expect(values.length).toBe(channel.sampleCount)
    samples.push(values)
  }
  return { kind: 'read', format: recording.format, noticeCount: recording.notices.length, samples }
}

function countSamples(samples: readonly Float32Array[]): number {
  return samples.reduce((sum, values) => sum + values.length, 0)
}

async function expectRead(bytes: Uint8Array): Promise<Outcome & { readonly kind: 'read' }> {
  const outcome = await tryToRead(bytes)
  if (outcome.kind === 'refused') throw new Error(outcome.message)
  return outcome
}

describe.each(formats)('$name', ({ format, bytes, isCutNoticed, fuzzCount }) => {
  it('reads a good file', async () => {
    const outcome = await expectRead(bytes)
    expect(outcome.format).toBe(format)
    expect(countSamples(outcome.samples)).toBeGreaterThanOrEqual(200)
  })

  it('refuses an empty file', async () => {
    expect(await tryToRead(new Uint8Array())).toMatchObject({ kind: 'refused', code: 'unreadable-file' })
  })

  it('refuses its own first bytes followed by nonsense, or reads part of it', async () => {
    const random = createRandom('nonsense')
    for (let length = 1; length < 400; length += 7) {
      const nonsense = Uint8Array.from({ length: 2000 }, (_, index) =>
        index < length ? bytes[index] : random.integer(256),
      )
      await tryToRead(nonsense)
    }
  })

  it('is refused or read in part, and says so, when it is cut off anywhere', async () => {
    const whole = await expectRead(bytes)
    const step = Math.max(1, Math.floor(bytes.length / 97))
    for (let length = 1; length < bytes.length; length += step) {
      const outcome = await tryToRead(bytes.slice(0, length))
      if (outcome.kind === 'refused') continue
      const count = countSamples(outcome.samples)
      expect(count).toBeLessThanOrEqual(countSamples(whole.samples))
      if (isCutNoticed && count < countSamples(whole.samples))
        expect(outcome.noticeCount).toBeGreaterThan(whole.noticeCount)
      if (isCutNoticed) expectPrefixes(outcome.samples, whole.samples)
    }
  })

  it(`survives ${fuzzCount} files with flipped, lost and doubled bytes`, async () => {
    const random = createRandom(`fuzz ${format}`)
    let readCount = 0
    for (let index = 0; index < fuzzCount; index++) {
      const outcome = await tryToRead(spoil(bytes, random))
      if (outcome.kind === 'read') readCount += 1
    }
    expect(readCount).toBeLessThan(fuzzCount)
  })
})

/** Samples of a part are samples of the whole: each channel starts like one of the whole file. */
function expectPrefixes(part: readonly Float32Array[], whole: readonly Float32Array[]): void {
  for (const values of part) {
    // the last value of a text may be shortened
    const checked = values.subarray(0, values.length - 1)
    expect(whole.some((candidate) => checked.every((value, index) => value === candidate[index]))).toBe(true)
  }
}

/** Mostly in the first bytes, where the headers are. */
function spoil(bytes: Uint8Array, random: Random): Uint8Array {
  const spoiled = Uint8Array.from(bytes)
  const reach = random.uniform() < 0.7 ? Math.min(300, bytes.length) : bytes.length
  const count = 1 + random.integer(4)
  for (let i = 0; i < count; i++) {
    const place = random.integer(reach)
    const extremes = [0, 0xff, 0x7f, 0x80, spoiled[place] ^ (1 << random.integer(8)), random.integer(256)]
    spoiled[place] = extremes[random.integer(extremes.length)]
  }
  const way = random.integer(10)
  if (way === 0) return spoiled.slice(0, random.integer(bytes.length))
  if (way === 1) spoiled.copyWithin(random.integer(reach), random.integer(bytes.length))
  return spoiled
}

const hugeDims = [2 ** 31 - 1, 2 ** 20 - 1]
const v5 = new MatV5Builder()
const sixteen = new Uint8Array(16 * 8)
const hostile: readonly (readonly [string, Uint8Array])[] = [
  ['wav that promises 4 GB', buildWav([1, 2, 3, 4], { dataSize: 0xfffffffe })],
  ['RF64 that promises 2^60 bytes', buildWav([1, 2, 3, 4], { container: 'RF64', longDataSize: 2 ** 60 })],
  ['wav with 65535 channels', buildWav(new Array<number>(65535).fill(1), { channelCount: 65535, bits: 8 })],
  [
    'wav of 100,000 empty chunks',
    buildWav([1], { before: Array.from({ length: 1e5 }, () => ['JUNK', new Uint8Array()] as const) }),
  ],
  ['npy that promises 2^50 values', buildNpy("'<f8'", [2 ** 50], sixteen)],
  ['npy that promises 1024 × 2^40 values', buildNpy("'<f8'", [1024, 2 ** 40], sixteen)],
  ['npy with an impossible shape', buildNpy("'<f8'", [2 ** 52, 2 ** 52], sixteen)],
  [
    'npy with 10^5 axes',
    buildNpyWithHeader(`{'descr': '<f8', 'fortran_order': False, 'shape': (${'1, '.repeat(15000)}), }`, sixteen),
  ],
  [
    'npz that promises 2^40 bytes',
    buildZip(
      [{ name: 'x.npy', content: buildNpy("'<f8'", [2 ** 40], sixteen), isLong: true, packedBytes: 2 ** 40 }],
      true,
    ),
  ],
  [
    'mat v4 that promises 2^51 values',
    buildMatV4([{ name: 'x', rowCount: 2 ** 31, columnCount: 2 ** 20, values: [1, 2, 3] }]),
  ],
  ['mat v5 that promises 2^51 values', v5.add(v5.doubles('x', hugeDims, [1, 2, 3])).finish()],
  [
    'mat v5 with a cell of 2^51 cells',
    new MatV5Builder().add(v5.cell('c', []).map((byte, index) => (index === 36 ? 0xff : byte))).finish(),
  ],
  [
    'mat v5 with a struct array of 2^31 empty structs',
    new MatV5Builder()
      .add(
        v5.matrix(
          2,
          's',
          [2 ** 31 - 1, 1],
          [v5.element(5, Uint8Array.of(8, 0, 0, 0)), v5.element(1, new Uint8Array())],
        ),
      )
      .finish(),
  ],
  ['mat v5 nested 1000 deep', new MatV5Builder().add(nestCells(1000)).finish()],
  [
    'mat v7 that swells a thousand times',
    new MatV5Builder()
      .addCompressed(v5.matrix(6, 'x', [2 ** 21, 1], [v5.element(9, new Uint8Array(2 ** 24))]))
      .finish(),
  ],
]

function nestCells(depth: number): Uint8Array {
  let inner = v5.doubles('', [1, 1], [1])
  for (let level = 0; level < depth; level++) inner = v5.cell('', [inner])
  return inner
}

describe('hostile sizes', () => {
  it.each(hostile)('%s: refused or read in part, in under two seconds and little memory', async (_name, bytes) => {
    const before = process.memoryUsage()
    const started = performance.now()
    const outcome = await tryToRead(bytes)
    expect(performance.now() - started).toBeLessThan(2000)
    // the outcome itself holds 8 MB at most; 200 MB leave room for what the collector has not yet collected
    expect(process.memoryUsage().arrayBuffers - before.arrayBuffers).toBeLessThan(200e6)
    if (outcome.kind === 'read') expect(countSamples(outcome.samples)).toBeLessThanOrEqual(2 ** 21)
  })
})
