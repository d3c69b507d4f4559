import { describe, expect, it } from 'vitest'
import { memorySource } from '../../../src/engine/readers/byte-source'
import { npyReader } from '../../../src/engine/readers/npy-reader'
import { npzReader } from '../../../src/engine/readers/npz-reader'
import type { ReadOptions, Recording } from '../../../src/engine/readers/recording'
import { buildDoubleNpy, buildNpy, buildNpyWithHeader } from '../../builders/npy-builder'
import { buildZip, type ZipEntry } from '../../builders/zip-builder'

const ramp = (count: number): number[] => Array.from({ length: count }, (_, index) => index)

function openNpy(bytes: Uint8Array): Promise<Recording> {
  return npyReader.open(memorySource('x.npy', bytes), {})
}

function openNpz(entries: readonly ZipEntry[], options: ReadOptions = {}, isLong = false): Promise<Recording> {
  return npzReader.open(memorySource('x.npz', buildZip(entries, isLong)), options)
}

async function readChannel(recording: Recording, index: number): Promise<number[]> {
  const channel = recording.channels[index]
  return Array.from(await channel.read({ start: 0, end: channel.sampleCount }))
}

describe('npy', () => {
  it('the longer axis is time, and says so', async () => {
    const tall = await openNpy(buildDoubleNpy(ramp(8), [4, 2]))
    expect(await readChannel(tall, 1)).toEqual([1, 3, 5, 7])
    expect(tall.guesses).toMatchObject([{ value: 'rows' }])
    const wide = await openNpy(buildDoubleNpy(ramp(8), [2, 4]))
    expect(await readChannel(wide, 1)).toEqual([4, 5, 6, 7])
    expect(wide.guesses).toMatchObject([{ value: 'columns' }])
  })

  it('axes of length 1 carry nothing', async () => {
    const recording = await openNpy(buildDoubleNpy(ramp(5), [1, 5, 1]))
    expect(recording.channels).toHaveLength(1)
    expect(await readChannel(recording, 0)).toEqual([0, 1, 2, 3, 4])
  })

  it('channels that are cut off keep what is there', async () => {
    const recording = await openNpy(buildDoubleNpy(ramp(6), [2, 4]))
    expect(recording.channels.map(({ sampleCount }) => sampleCount)).toEqual([4, 2])
    expect(recording.notices.map(({ code }) => code)).toEqual(['truncated-data'])
  })

  it('a rate is never made up', async () => {
    expect((await openNpy(buildDoubleNpy(ramp(5)))).channels[0].sampleRateHz).toBeUndefined()
  })

  it.each([
    ["'|O'", 'Python objects'],
    ["'<c16'", 'complex numbers'],
    ["[('x', '<f8'), ('y', '<f8')]", 'structured records'],
    ["'<U5'", 'text'],
    ["'<M8[us]'", 'dates'],
    ["'<f16'", 'numbers of the type'],
  ])('%s is refused as %s', async (descr, words) => {
    const opening = openNpy(buildNpy(descr, [4], new Uint8Array(64)))
    await expect(opening).rejects.toMatchObject({ name: 'AnalyzerError', code: 'unsupported-format' })
    await expect(opening).rejects.toThrow(words)
  })

  it.each([
    ['no shape', "{'descr': '<f8', 'fortran_order': False}"],
    ['no order', "{'descr': '<f8', 'shape': (4,)}"],
    ['no type', "{'fortran_order': False, 'shape': (4,)}"],
    ['no values', "{'descr': '<f8', 'fortran_order': False, 'shape': (0,)}"],
    ['negative length', "{'descr': '<f8', 'fortran_order': False, 'shape': (-4,)}"],
  ])('a header with %s is unreadable', async (_name, header) => {
    await expect(openNpy(buildNpyWithHeader(header, new Uint8Array(64)))).rejects.toMatchObject({
      code: 'unreadable-file',
    })
  })

  it('Python 2 wrote its lengths with an L', async () => {
    const header = "{'descr': '<u2', 'fortran_order': False, 'shape': (3L,)}"
    expect(await readChannel(await openNpy(buildNpyWithHeader(header, Uint8Array.of(1, 0, 2, 0, 0, 1))), 0)).toEqual([
      1, 2, 256,
    ])
  })
})

describe('npz', () => {
  const signal = { name: 'x.npy', content: buildDoubleNpy(ramp(100)) }
  const scalar = (name: string, value: number): ZipEntry => ({
    name: `${name}.npy`,
    content: buildDoubleNpy([value], []),
  })

  it.each([
    ['stored', { ...signal }, false],
    ['deflated', { ...signal, isDeflated: true }, false],
    ['zip64', { ...signal, isLong: true }, true],
  ])('%s members', async (_name, entry, isLong) => {
    const recording = await openNpz([entry], {}, isLong)
    expect(recording.channels.map(({ name }) => name)).toEqual(['x'])
    expect(await readChannel(recording, 0)).toEqual(ramp(100))
    await recording.close()
  })

  it.each([
    ['fs', 12000, 12000],
    ['sample_rate_Hz', 25600, 25600],
    ['rate', 5000, 5000],
    ['dt', 0.001, 1000],
  ])('%s = %d is the sample rate %d Hz, listed as a guess', async (name, value, rate) => {
    const recording = await openNpz([signal, scalar(name, value)])
    expect(recording.channels[0].sampleRateHz).toBeCloseTo(rate, 9)
    expect(recording.guesses).toMatchObject([{ what: 'sample rate', flag: '--sample-rate' }])
  })

  it('two rates that contradict each other give none, with a notice', async () => {
    const recording = await openNpz([signal, scalar('fs', 1000), scalar('sr', 2000)])
    expect(recording.channels[0].sampleRateHz).toBeUndefined()
    expect(recording.notices.map(({ code }) => code)).toEqual(['rate-conflict'])
  })

  it('a vector of evenly rising times gives the rate and is no channel', async () => {
    const times = { name: 't.npy', content: buildDoubleNpy(ramp(100).map((index) => 3 + index / 2048)) }
    const recording = await openNpz([times, signal])
    expect(recording.channels.map(({ name }) => name)).toEqual(['x'])
    expect(recording.channels[0].sampleRateHz).toBeCloseTo(2048, 6)
  })

  it('a speed comes with its origin; two speeds give none', async () => {
    const one = await openNpz([signal, scalar('rpm', 1797)])
    expect(one.metadata.shaftSpeedRpm).toEqual({ value: 1797, origin: 'file' })
    const two = await openNpz([signal, scalar('rpm', 1797), scalar('other_rpm', 900)])
    expect(two.metadata.shaftSpeedRpm).toBeUndefined()
    expect(two.notices.map(({ code }) => code)).toEqual(['speed-conflict'])
  })

  it('variables are chosen by name; a wrong name is told what there is', async () => {
    const other = { name: 'y.npy', content: buildDoubleNpy(ramp(100)) }
    const chosen = await openNpz([signal, other], { variables: ['y'] })
    expect(chosen.channels.map(({ name }) => name)).toEqual(['y'])
    await expect(openNpz([signal, other], { variables: ['z'] })).rejects.toThrow('it holds x, y')
  })

  it('members that are no numbers are left out with a notice', async () => {
    const words = { name: 'note.npy', content: buildNpy("'<U4'", [1], new Uint8Array(16)) }
    const recording = await openNpz([words, signal])
    expect(recording.notices.map(({ code }) => code)).toEqual(['skipped-variable'])
    expect(recording.channels).toHaveLength(1)
  })

  it.each<[string, Partial<ZipEntry>, string]>([
    ['a wrong checksum', { isDeflated: true, wrongCrc: true }, 'checksum'],
    ['a size beyond the archive', { packedBytes: 1e6 }, 'the archive ends before'],
    ['encryption', { isEncrypted: true }, 'encrypted'],
    ['another packing method', { method: 12 }, 'zip method 12'],
  ])('%s is refused', async (_name, change, words) => {
    await expect(openNpz([{ ...signal, ...change }])).rejects.toMatchObject({ name: 'AnalyzerError' })
    await expect(openNpz([{ ...signal, ...change }])).rejects.toThrow(words)
  })

  it('other zip archives are named', async () => {
    await expect(openNpz([{ name: 'xl/workbook.xml', content: new Uint8Array(4) }])).rejects.toThrow(
      'an Excel workbook',
    )
    await expect(openNpz([{ name: 'readme.txt', content: new Uint8Array(4) }])).rejects.toThrow('without NumPy arrays')
  })
})
