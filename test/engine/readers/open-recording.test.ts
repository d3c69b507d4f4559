import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { memorySource } from '../../../src/engine/readers/byte-source'
import { openRecording, openRecordingFile } from '../../../src/engine/readers/open-recording'
import type { ReadOptions, Recording } from '../../../src/engine/readers/recording'
import { buildWav } from '../../builders/wav-builder'
import { MatV5Builder } from '../../builders/mat-builder'
import { countReads } from '../../helpers/counting-source'

const folder = mkdtempSync(join(tmpdir(), 'vibralens-test-'))
afterAll(() => rmSync(folder, { recursive: true }))

const latin = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))
const open = (bytes: Uint8Array, options: ReadOptions = {}, name = 'data.bin'): Promise<Recording> =>
  openRecording(memorySource(name, bytes), options)

describe('content decides, not the name', () => {
  it('a WAV named .csv is a WAV, a gzipped one too', async () => {
    const wav = buildWav([16384, -16384])
    expect((await open(wav, {}, 'a.csv')).format).toBe('wav')
    const packed = await open(gzipSync(wav), {}, 'a.dat')
    expect(packed.format).toBe('wav')
    expect(packed.sizeBytes).toBe(gzipSync(wav).length)
    expect(Array.from(await packed.channels[0].read({ start: 0, end: 2 }))).toEqual([0.5, -0.5])
    await packed.close()
  })

  it('text is what is left', async () => {
    const rows = Array.from({ length: 100 }, (_, index) => `${index / 1000},${index % 7}`)
    const recording = await open(latin(`time,a\n${rows.join('\n')}\n`), {}, 'a.wav')
    expect(recording.format).toBe('csv')
    await recording.close()
  })
})

describe('foreign formats are known by their first bytes', () => {
  it.each([
    ['TDSm\x0e\0\0\0', 'TDMS'],
    ['    -1\n    58\nsome', 'universal file'],
    ['    -1\r\n    58b     1', 'universal file'],
    ['PAR1\x15\x04', 'Parquet'],
    ['LabVIEW Measurement\t\n', 'LVM'],
    ['\x89HDF\r\n\x1a\n\0\0', 'HDF5'],
    ['ID3\x04\0', 'MP3'],
    ['\xff\xfb\x90\x44', 'MP3'],
    ['fLaC\0\0', 'FLAC'],
    ['OggS\0\x02', 'Ogg'],
    ['RIFF\x10\0\0\0AVI LIST', 'AVI'],
    ['%PDF-1.7', 'PDF'],
    ['MDF     4.10', 'MDF'],
    ['\xd0\xcf\x11\xe0\xa1\xb1', 'Excel'],
  ])('%j → %s', async (start, name) => {
    const opening = open(latin(start.padEnd(64, '\0')))
    await expect(opening).rejects.toMatchObject({ name: 'AnalyzerError', code: 'unsupported-format' })
    await expect(opening).rejects.toThrow(name)
    await expect(opening).rejects.toThrow('support for it is not there yet: export as CSV or WAV.')
  })

  it('noise is of no known format', async () => {
    const noise = Uint8Array.from({ length: 3000 }, (_, index) => (Math.imul(index + 7, 2654435761) >>> 11) & 0xff)
    await expect(open(noise)).rejects.toMatchObject({ code: 'unsupported-format' })
  })

  it('numbers that begin with -1 are no universal file', async () => {
    const recording = await open(latin(`-1\n58\n${'3\n4\n'.repeat(50)}`))
    expect(recording.channels[0].sampleCount).toBe(102)
    await recording.close()
  })

  it('gzip in gzip is refused, an empty gzip too', async () => {
    await expect(open(gzipSync(gzipSync(latin('a,b\n1,2\n'))))).rejects.toThrow('gzip inside gzip')
    await expect(open(gzipSync(new Uint8Array()))).rejects.toMatchObject({ code: 'unreadable-file' })
  })
})

describe("the user's word wins", () => {
  const make = new MatV5Builder()
  const signal = make.doubles(
    'x',
    [100, 1],
    Array.from({ length: 100 }, (_, index) => Math.sin(index)),
  )
  const bytes = make
    .add(signal)
    .add(make.doubles('fs', [1, 1], [12000]))
    .add(make.doubles('rpm', [1, 1], [1797]))
    .finish()

  it('over the file, with a notice where they differ and no guess left', async () => {
    const recording = await open(bytes, { sampleRateHz: 48000, unit: 'g', shaftSpeedRpm: 1500 })
    expect(recording.channels[0]).toMatchObject({ sampleRateHz: 48000, unit: 'g' })
    expect(recording.metadata.shaftSpeedRpm).toEqual({ value: 1500, origin: 'user' })
    expect(recording.guesses).toEqual([])
    expect(recording.notices.map(({ code }) => code)).toEqual(['rate-overridden', 'speed-overridden'])
    expect(recording.notices[0].message).toContain("12000 Hz; the user's 48000 Hz is used")
    expect((await recording.channels[0].read({ start: 1, end: 2 }))[0]).toBeCloseTo(Math.sin(1), 6)
  })

  it('without a word, the file counts', async () => {
    const recording = await open(bytes)
    expect(recording.channels[0]).toMatchObject({ sampleRateHz: 12000, unit: undefined })
    expect(recording.metadata.shaftSpeedRpm).toEqual({ value: 1797, origin: 'file' })
    expect(recording.guesses.map(({ flag }) => flag)).toEqual(['--sample-rate', '--rpm'])
  })

  it('the same word as the file makes no notice', async () => {
    expect((await open(bytes, { sampleRateHz: 12000 })).notices).toEqual([])
  })

  it.each<[ReadOptions]>([
    [{ sampleRateHz: 0 }],
    [{ sampleRateHz: Number.NaN }],
    [{ shaftSpeedRpm: -3 }],
    [{ unit: ' ' }],
  ])('%j is a bad request', async (options) => {
    await expect(open(bytes, options)).rejects.toMatchObject({ code: 'bad-request' })
  })
})

describe('handles', () => {
  it('the source is closed with the recording, and at once when opening fails', async () => {
    const good = countReads(memorySource('a.wav', buildWav([1, 2])))
    const recording = await openRecording(good, {})
    expect(good.counts.closed).toBe(0)
    await recording.close()
    expect(good.counts.closed).toBe(1)
    const bad = countReads(memorySource('a.bin', new Uint8Array(100)))
    await expect(openRecording(bad, {})).rejects.toMatchObject({ name: 'AnalyzerError' })
    expect(bad.counts.closed).toBe(1)
  })

  it('a file is opened by path; a missing one is told', async () => {
    const path = join(folder, 'a.wav')
    writeFileSync(path, buildWav([16384], { sampleRateHz: 25600 }))
    const recording = await openRecordingFile(path, {})
    expect(recording).toMatchObject({ name: 'a.wav', format: 'wav', sizeBytes: 46 })
    expect(recording.channels[0].sampleRateHz).toBe(25600)
    await recording.close()
    await expect(openRecordingFile(join(folder, 'b.wav'), {})).rejects.toThrow('does not exist')
  })
})
