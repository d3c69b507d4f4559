import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { constants, gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import {
  hashSource,
  memorySource,
  openFileSource,
  readExactly,
  sliceOfSource,
} from '../../../src/engine/readers/byte-source'
import { looksLikeGzip, unpackGzip } from '../../../src/engine/readers/gzip'
import { inflateSource } from '../../../src/engine/readers/inflate'

const folder = mkdtempSync(join(tmpdir(), 'vibralens-test-'))
afterAll(() => rmSync(folder, { recursive: true }))

function write(name: string, bytes: Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}

const bytes = Uint8Array.from({ length: 1000 }, (_, index) => index % 251)

describe('file source', () => {
  it('reads ranges, clamped to the file', async () => {
    const source = await openFileSource(write('a.bin', bytes))
    expect(source.size).toBe(1000)
    expect(await source.read(250, 254)).toEqual(bytes.slice(250, 254))
    expect(await source.read(998, 2 ** 40)).toEqual(bytes.slice(998))
    expect((await source.read(5000, 6000)).length).toBe(0)
    expect((await source.read(10, 5)).length).toBe(0)
    await source.close()
    await source.close()
    await expect(source.read(0, 1)).rejects.toMatchObject({ name: 'AnalyzerError' })
  })

  it('names what is missing when less is there than needed', async () => {
    await expect(readExactly(memorySource('x', bytes), 990, 1010, 'the header')).rejects.toThrow(
      '"x" ends inside the header: 20 bytes were expected at 990, 10 are there.',
    )
  })

  it.each([
    ['a missing file', () => join(folder, 'none.wav'), 'does not exist'],
    ['a folder', () => folder, 'is a folder'],
    ['an empty file', () => write('empty.wav', new Uint8Array()), 'is empty'],
    ['a path through a file', () => join(write('file', bytes), 'inside'), 'does not exist'],
    ['a device', () => '/dev/null', 'is a device or pipe'],
  ])('%s is told in one sentence', async (_name, path, words) => {
    await expect(openFileSource(path())).rejects.toMatchObject({ name: 'AnalyzerError', code: 'unreadable-file' })
    await expect(openFileSource(path())).rejects.toThrow(words)
  })

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'a missing permission is told (not as root)',
    async () => {
      const path = write('secret.wav', bytes)
      chmodSync(path, 0)
      await expect(openFileSource(path)).rejects.toThrow('no permission')
    },
  )
})

it('a slice is a source of its own', async () => {
  const slice = sliceOfSource(memorySource('x', bytes), 'part', 100, 200)
  expect(slice.size).toBe(100)
  expect(await slice.read(0, 3)).toEqual(bytes.slice(100, 103))
  expect(await slice.read(90, 500)).toEqual(bytes.slice(190, 200))
  expect(sliceOfSource(memorySource('x', bytes), 'part', 990, 2000).size).toBe(10)
})

it('hashes as sha256sum does, and stops when it is told to', async () => {
  const abc = memorySource('x', new TextEncoder().encode('abc'))
  expect(await hashSource(abc)).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  await expect(hashSource(abc, AbortSignal.abort())).rejects.toThrow()
})

describe('gzip', () => {
  const temporaryFiles = (): readonly string[] =>
    readdirSync(tmpdir()).filter((name) => name.startsWith('vibralens-') && !name.startsWith('vibralens-test'))
  const noise = Uint8Array.from({ length: 300_000 }, (_, index) => (Math.imul(index, 2654435761) >>> 13) & 0xff)

  it('content decides', () => {
    expect(looksLikeGzip(gzipSync(bytes))).toBe(true)
    expect(looksLikeGzip(Uint8Array.of(0x1f, 0x8b))).toBe(false)
  })

  it('unpacks several members in a row, and drops the extension', async () => {
    const { source, notices } = await unpackGzip(
      memorySource('a.csv.gz', Buffer.concat([gzipSync(bytes), gzipSync(noise)])),
    )
    expect(source.name).toBe('a.csv')
    expect(source.size).toBe(301_000)
    expect(await source.read(999, 1002)).toEqual(Uint8Array.of(bytes[999], noise[0], noise[1]))
    expect(notices).toEqual([])
  })

  it('a cut stream gives all that could be unpacked, with a notice', async () => {
    const packed = gzipSync(noise)
    for (const part of [0.3, 0.6, 0.99]) {
      const start = packed.subarray(0, Math.floor(packed.length * part))
      const { source, notices } = await unpackGzip(memorySource('a.gz', start))
      const all = gunzipSync(start, { finishFlush: constants.Z_SYNC_FLUSH })
      expect(source.size).toBe(all.length)
      expect(source.size).toBeGreaterThan(10_000)
      expect(Buffer.compare(await source.read(0, source.size), noise.subarray(0, source.size))).toBe(0)
      expect(notices.map(({ code }) => code)).toEqual(['truncated-gzip'])
    }
  })

  it('a damaged stream is refused', async () => {
    const packed = Uint8Array.from(gzipSync(noise))
    packed[packed.length - 6] ^= 0xff // in the checksum
    await expect(unpackGzip(memorySource('a.gz', packed))).rejects.toMatchObject({ code: 'unreadable-file' })
  })

  it('what exceeds the memory goes to a temporary file, which close removes', async () => {
    const before = temporaryFiles().length
    const packed = gzipSync(noise)
    const budget = { memoryBytes: 100_000, totalBytes: 1e9 }
    const { source } = await inflateSource(
      memorySource('a.gz', packed),
      { start: 0, end: packed.length },
      'gzip',
      'a',
      budget,
    )
    expect(temporaryFiles().length).toBe(before + 1)
    expect(Buffer.compare(await source.read(0, source.size), noise)).toBe(0)
    await source.close()
    expect(temporaryFiles().length).toBe(before)
  })

  it('a budget that is used up stops the unpacking and leaves nothing behind', async () => {
    const before = temporaryFiles().length
    const packed = gzipSync(noise)
    const budget = { memoryBytes: 1000, totalBytes: 200_000 }
    const unpacking = inflateSource(memorySource('a.gz', packed), { start: 0, end: packed.length }, 'gzip', 'a', budget)
    await expect(unpacking).rejects.toMatchObject({ name: 'AnalyzerError', code: 'unreadable-file' })
    expect(temporaryFiles().length).toBe(before)
  })

  it('a bomb stops at 256 MiB: a gzip of zeros, repeated', async () => {
    const member = gzipSync(new Uint8Array(32 * 2 ** 20))
    const bomb = Buffer.concat(Array.from({ length: 40 }, () => member))
    const before = process.memoryUsage().arrayBuffers
    await expect(unpackGzip(memorySource('bomb.gz', bomb))).rejects.toThrow(
      '"bomb" unpacks to more than 200 times its size',
    )
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(150e6)
  })
})
