import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { memorySource, openFileSource } from '../../../src/engine/readers/byte-source'
import { matV4Reader, matV5Reader, matV73Reader } from '../../../src/engine/readers/mat-reader'
import type { ReadOptions, Recording } from '../../../src/engine/readers/recording'
import { buildMatV4, MatV5Builder } from '../../builders/mat-builder'
import { countReads } from '../../helpers/counting-source'

const ramp = (count: number): number[] => Array.from({ length: count }, (_, index) => index)
const fixture = join(import.meta.dirname, '../../fixtures/recordings/nested-v73.mat')

function openV5(bytes: Uint8Array, options: ReadOptions = {}): Promise<Recording> {
  return matV5Reader.open(memorySource('x.mat', bytes), options)
}

async function readChannel(recording: Recording, name: string): Promise<number[]> {
  const channel = recording.channels.find((candidate) => candidate.name === name)
  if (channel === undefined)
    throw new Error(`no channel ${name} among ${recording.channels.map((one) => one.name).join()}`)
  return Array.from(await channel.read({ start: 0, end: channel.sampleCount }))
}

const names = (recording: Recording): readonly string[] => recording.channels.map(({ name }) => name)
const noticeCodes = (recording: Recording): readonly string[] => recording.notices.map(({ code }) => code)

describe.each([true, false])('level 5, little endian %s', (isLittleEndian) => {
  const builder = (): MatV5Builder => new MatV5Builder(isLittleEndian)

  it.each([true, false])(
    'structs, cells and matrices become channels named by path (compressed %s)',
    async (isCompressed) => {
      const make = builder()
      const struct = make.struct('run', {
        x: make.doubles('', [100, 1], ramp(100)),
        parts: make.cell('', [make.doubles('', [1, 70], ramp(70)), make.doubles('', [64, 2], ramp(128))]),
        note: make.text('', 'pump'),
      })
      const recording = await openV5((isCompressed ? make.addCompressed(struct) : make.add(struct)).finish())
      expect(names(recording)).toEqual(['run.x', 'run.parts{1}', 'run.parts{2}(1)', 'run.parts{2}(2)'])
      expect(await readChannel(recording, 'run.parts{1}')).toEqual(ramp(70))
      expect((await readChannel(recording, 'run.parts{2}(2)')).slice(0, 2)).toEqual([64, 65])
      expect(recording.metadata.properties['run.note']).toBe('pump')
      await recording.close()
    },
  )
})

describe('recognised by name', () => {
  const make = new MatV5Builder()
  const scalar = (name: string, value: number): Uint8Array => make.doubles(name, [1, 1], [value])
  const vector = (name: string): Uint8Array => make.doubles(name, [100, 1], ramp(100))

  it("CWRU's names: full channel names, the speed, and no rate, for the file holds none", async () => {
    const bytes = new MatV5Builder()
      .add(vector('X097_DE_time'))
      .add(vector('X097_FE_time'))
      .add(scalar('X097RPM', 1796))
      .finish()
    const recording = await openV5(bytes)
    expect(names(recording)).toEqual(['X097_DE_time', 'X097_FE_time'])
    expect(recording.metadata.shaftSpeedRpm).toEqual({ value: 1796, origin: 'file' })
    expect(recording.channels[0].sampleRateHz).toBeUndefined()
    expect(recording.guesses).toMatchObject([{ what: 'shaft speed', flag: '--rpm' }])
  })

  it("MFPT's struct: sr is the sample rate, rate the shaft's revolutions per second", async () => {
    const fields = { sr: scalar('', 97656), gs: vector(''), load: scalar('', 270), rate: scalar('', 25) }
    const recording = await openV5(new MatV5Builder().add(make.struct('bearing', fields)).finish())
    expect(names(recording)).toEqual(['bearing.gs'])
    expect(recording.channels[0]).toMatchObject({ sampleRateHz: 97656, unit: undefined })
    expect(recording.metadata.shaftSpeedRpm).toEqual({ value: 1500, origin: 'file' })
    expect(recording.guesses.map(({ what }) => what)).toEqual(['sample rate', 'shaft speed'])
    expect(recording.metadata.properties['bearing.load']).toBe('270')
  })

  it('a rate holds for its own struct; the rate of the file for the rest', async () => {
    const inner = make.struct('a', { fs: scalar('', 5000), x: vector('') })
    const recording = await openV5(
      new MatV5Builder()
        .add(inner)
        .add(make.struct('b', { x: vector('') }))
        .add(scalar('Fs', 800))
        .finish(),
    )
    expect(recording.channels.map(({ name, sampleRateHz }) => [name, sampleRateHz])).toEqual([
      ['a.x', 5000],
      ['b.x', 800],
    ])
  })

  it('short vectors are parameters, unless there is nothing else or the user names them', async () => {
    const both = new MatV5Builder()
      .add(vector('x'))
      .add(make.doubles('p', [5, 1], ramp(5)))
      .finish()
    expect(names(await openV5(both))).toEqual(['x'])
    expect(names(await openV5(both, { variables: ['p'] }))).toEqual(['p'])
    const short = await openV5(new MatV5Builder().add(make.doubles('p', [5, 1], ramp(5))).finish())
    expect(names(short)).toEqual(['p'])
    expect(noticeCodes(short)).toEqual(['short-variables'])
  })

  it('a struct named by the user means all that is in it', async () => {
    const bytes = new MatV5Builder()
      .add(vector('y'))
      .add(make.struct('bearing', { a: vector(''), b: vector('') }))
      .finish()
    expect(names(await openV5(bytes, { variables: ['bearing'] }))).toEqual(['bearing.a', 'bearing.b'])
    expect(names(await openV5(bytes, { variables: ['bearing.b', 'y'] }))).toEqual(['bearing.b', 'y'])
    await expect(openV5(bytes, { variables: ['bear'] })).rejects.toMatchObject({ code: 'bad-request' })
  })

  it('what is no signal is left out with a notice', async () => {
    const complex = make.matrix(
      6 + 0x0800,
      'z',
      [1, 2],
      [make.element(9, new Uint8Array(16)), make.element(9, new Uint8Array(16))],
    )
    const sparse = make.matrix(5, 's', [4, 4], [])
    const object = make.matrix(17, 'o', [1, 1], [])
    const cube = make.doubles('cube', [5, 5, 5], ramp(125))
    const recording = await openV5(
      new MatV5Builder().add(complex).add(sparse).add(object).add(cube).add(vector('x')).finish(),
    )
    expect(names(recording)).toEqual(['x'])
    expect(recording.notices.map(({ message }) => message).join('\n')).toMatch(
      /"z".*complex[^]*"s".*sparse[^]*"cube".*3 axes/,
    )
  })
})

describe('cut off', () => {
  it('the numbers that are there are read by range, with a notice', async () => {
    const make = new MatV5Builder()
    const bytes = make.add(make.doubles('x', [1000, 1], ramp(1000))).finish()
    const recording = await openV5(bytes.slice(0, bytes.length - 800))
    expect(recording.channels[0].sampleCount).toBe(900)
    expect(noticeCodes(recording)).toContain('truncated-data')
  })

  it('a whole variable in front of a cut one is kept', async () => {
    const make = new MatV5Builder()
    const noise = ramp(1000).map((index) => Math.sin(index * index))
    const bytes = make
      .add(make.doubles('x', [100, 1], ramp(100)))
      .addCompressed(make.doubles('y', [1000, 1], noise))
      .finish()
    const recording = await openV5(bytes.slice(0, bytes.length - 2000))
    expect(await readChannel(recording, 'x')).toEqual(ramp(100))
    const cut = await readChannel(recording, 'y')
    expect(cut.length).toBeGreaterThan(100)
    expect(cut).toEqual(noise.slice(0, cut.length).map(Math.fround))
    expect(noticeCodes(recording)).toContain('truncated-data')
    await recording.close()
  })
})

it('a v6 file is read by range: opening does not touch the numbers', async () => {
  const make = new MatV5Builder()
  const source = countReads(memorySource('x.mat', make.add(make.doubles('x', [20000, 1], ramp(20000))).finish()))
  const recording = await matV5Reader.open(source, {})
  expect(source.counts.bytesRead).toBeLessThan(1000)
  expect(Array.from(await recording.channels[0].read({ start: 15000, end: 15002 }))).toEqual([15000, 15001])
  expect(source.counts.bytesRead).toBeLessThan(1100)
})

describe('level 4', () => {
  it.each([true, false])('little endian %s', async (isLittleEndian) => {
    const bytes = buildMatV4(
      [
        { name: 'x', rowCount: 80, columnCount: 2, values: ramp(160) },
        { name: 'fs', rowCount: 1, columnCount: 1, values: [2000] },
      ],
      isLittleEndian,
    )
    expect(matV4Reader.probe(bytes, 'x.mat')).toBe(true)
    const recording = await matV4Reader.open(memorySource('x.mat', bytes), {})
    expect(names(recording)).toEqual(['x(1)', 'x(2)'])
    expect((await readChannel(recording, 'x(2)')).slice(0, 2)).toEqual([80, 81])
    expect(recording.channels[0].sampleRateHz).toBe(2000)
  })

  it('zeros, text and other formats are not taken for level 4', () => {
    const texts = ['a,b\n1,2\n', 'RIFF\0\0\0\0WAVEfmt ', '\0'.repeat(64)]
    for (const text of texts) expect(matV4Reader.probe(new TextEncoder().encode(text.padEnd(64)), 'x')).toBe(false)
  })
})

describe('level 7.3 (HDF5)', () => {
  const temporaryFolders = (): number => readdirSync(tmpdir()).filter((name) => name.startsWith('vibralens-')).length

  it('reads ranges of chunked, compressed and transposed arrays', async () => {
    const recording = await matV73Reader.open(await openFileSource(fixture), { variables: ['bearing.gs', 'wide'] })
    expect(names(recording)).toEqual(['bearing.gs', 'wide(1)', 'wide(2)'])
    const [gs, , second] = recording.channels
    expect((await gs.read({ start: 60, end: 70 }))[5]).toBeCloseTo(Math.sin((2 * Math.PI * 60 * 65) / 12000), 6)
    expect(Array.from(await second.read({ start: 10, end: 13 }))).toEqual([-90, -89, -88])
    await recording.close()
  })

  it('content in memory goes through a temporary file that is gone after close', async () => {
    const before = temporaryFolders()
    const recording = await matV73Reader.open(memorySource('x.mat', readFileSync(fixture)), {})
    expect(temporaryFolders()).toBeGreaterThan(before)
    expect(recording.channels[0].sampleCount).toBe(200)
    await recording.close()
    await recording.close()
    expect(temporaryFolders()).toBe(before)
    expect(existsSync(fixture)).toBe(true)
  })

  it('a damaged file is refused in one sentence', async () => {
    const bytes = Uint8Array.from(readFileSync(fixture))
    bytes.fill(0xff, 700, 1200)
    await expect(matV73Reader.open(memorySource('x.mat', bytes), {})).rejects.toMatchObject({ code: 'unreadable-file' })
  })
})
