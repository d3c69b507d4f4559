import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openRecordingFile } from '../../../src/engine/readers/open-recording'
import type { Channel } from '../../../src/engine/readers/recording'

interface ChannelFacts {
  readonly count: number
  readonly first: readonly number[]
  readonly last: readonly number[]
  readonly mean: number
  readonly rms: number
}

interface RecordingFacts {
  readonly format: string
  readonly rate?: number | null
  readonly rpm?: number | null
  readonly channels: Readonly<Partial<Record<string, ChannelFacts>>>
}

const root = join(import.meta.dirname, '../../..')
/** Written by recordings-golden.py. */
const golden = JSON.parse(readFileSync(join(root, 'test/golden/recordings-golden.json'), 'utf8')) as {
  readonly fixtures: Readonly<Record<string, RecordingFacts>>
  readonly shared: Readonly<Record<string, RecordingFacts>>
}
const shared = join(root, '../shared')

/** Samples are float32: 1e-7 of the value, or of the signal where sums cancel. */
function expectClose(actual: number, expected: number, size: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(2e-7 * Math.max(Math.abs(expected), size))
}

async function expectChannel(channel: Channel | undefined, facts: ChannelFacts): Promise<void> {
  if (channel === undefined) throw new Error('the channel is missing')
  expect(channel.sampleCount).toBe(facts.count)
  const samples = await channel.read({ start: 0, end: channel.sampleCount })
  facts.first.forEach((value, index) => expectClose(samples[index], value, 0))
  facts.last.forEach((value, index) => expectClose(samples[facts.count - 2 + index], value, 0))
  let sum = 0
  let squares = 0
  for (const sample of samples) {
    sum += sample
    squares += sample * sample
  }
  expectClose(sum / facts.count, facts.mean, facts.rms)
  expectClose(Math.sqrt(squares / facts.count), facts.rms, facts.rms)
  // a range gives the same numbers as the whole
  const [start, end] = [Math.floor(facts.count / 3), Math.floor(facts.count / 2)]
  expect(await channel.read({ start, end })).toEqual(samples.slice(start, end))
}

async function expectRecording(path: string, facts: RecordingFacts): Promise<void> {
  const recording = await openRecordingFile(path, {})
  try {
    expect(recording.format).toBe(facts.format)
    const expected = Object.entries(facts.channels)
    expect(recording.channels.map(({ name }) => name).sort()).toEqual(expected.map(([name]) => name).sort())
    for (const [name, channelFacts] of expected) {
      const channel = recording.channels.find((candidate) => candidate.name === name)
      if (channelFacts !== undefined) await expectChannel(channel, channelFacts)
    }
    expect(recording.metadata.shaftSpeedRpm?.value).toBe(facts.rpm ?? undefined)
    expect(recording.channels[0].sampleRateHz).toBe(facts.rate ?? undefined)
  } finally {
    await recording.close()
  }
}

describe('files written by NumPy, SciPy and h5py give the numbers these libraries read back', () => {
  it.each(Object.entries(golden.fixtures))('%s', async (name, facts) => {
    await expectRecording(join(root, 'test/fixtures/recordings', name), facts)
  })
})

describe.skipIf(!existsSync(shared))('real files of ../shared give the numbers that SciPy reads', () => {
  it.each(Object.entries(golden.shared))('%s', async (path, facts) => {
    await expectRecording(join(shared, path), facts)
  })
})

const mustRead = ['testdouble_4.2c_SOL2', 'testdouble_6.1_SOL2', 'testdouble_7.4_GLNX86', 'testhdf5_7.4_GLNX86']
const mustRefuse: readonly (readonly [string, string])[] = [
  ['mat/malformed1.mat', 'unreadable-file'],
  ['mat/corrupted_zlib_data.mat', 'unreadable-file'],
  ['wav/4bit-imaadpcm-8kHz-noBext-mono.wav', 'unsupported-format'],
  ['wav/8bit-mulaw-8kHz-noBext-mono-encoded.wav', 'unsupported-format'],
  ['tdms/cooling tower pump.tdms', 'unsupported-format'],
  ['uff/Sample_UFF58_ascii.uff', 'unsupported-format'],
  ['uff/Sample_UFF58b_bin.uff', 'unsupported-format'],
  ['uff/1858.uff', 'unsupported-format'],
  ['parquet/alpha.parquet', 'unsupported-format'],
  ['lvm/short.lvm', 'unsupported-format'],
]

describe.skipIf(!existsSync(shared))('MATLAB files of every version in ../shared', () => {
  it.each(mustRead)('%s holds nine values of sin-like steps of π/4', async (name) => {
    const recording = await openRecordingFile(join(shared, 'formats/mat', `${name}.mat`), {})
    expect(recording.channels.map((channel) => channel.name)).toEqual(['testdouble'])
    const samples = await recording.channels[0].read({ start: 0, end: 9 })
    samples.forEach((sample, index) => expectClose(sample, (index * Math.PI) / 4, 0))
    await recording.close()
  })

  it('big_endian.mat has its 2 × 2 matrix as two channels', async () => {
    const recording = await openRecordingFile(join(shared, 'formats/mat/big_endian.mat'), {})
    expect(recording.channels.map((channel) => channel.name)).toEqual(['floats(1)', 'floats(2)'])
    expect(Array.from(await recording.channels[1].read({ start: 0, end: 2 }))).toEqual([3, 4])
    await recording.close()
  })

  it('teststruct_7.4_GLNX86.mat has its field, and says that the complex one is left out', async () => {
    const recording = await openRecordingFile(join(shared, 'formats/mat/teststruct_7.4_GLNX86.mat'), {})
    expect(recording.channels.map((channel) => channel.name)).toEqual(['teststruct.doublefield'])
    expect(recording.notices.map(({ message }) => message).join()).toContain('teststruct.complexfield')
    await recording.close()
  })
})

describe.skipIf(!existsSync(shared))('files of ../shared that must be refused', () => {
  it.each(mustRefuse)('%s → %s', async (path, code) => {
    await expect(openRecordingFile(join(shared, 'formats', path), {})).rejects.toMatchObject({
      name: 'AnalyzerError',
      code,
    })
  })
})
