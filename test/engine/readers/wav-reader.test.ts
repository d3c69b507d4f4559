import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { memorySource, openFileSource } from '../../../src/engine/readers/byte-source'
import type { Recording } from '../../../src/engine/readers/recording'
import { wavReader } from '../../../src/engine/readers/wav-reader'
import { buildWav, type WavOptions } from '../../builders/wav-builder'
import { countReads } from '../../helpers/counting-source'

function openWav(samples: readonly number[], options: WavOptions = {}): Promise<Recording> {
  return wavReader.open(memorySource('test.wav', buildWav(samples, options)), {})
}

async function readAll(recording: Recording): Promise<number[][]> {
  return Promise.all(
    recording.channels.map(async (channel) => Array.from(await channel.read({ start: 0, end: channel.sampleCount }))),
  )
}

const noticeCodes = (recording: Recording): readonly string[] => recording.notices.map(({ code }) => code)

describe('sample formats', () => {
  it.each([
    [8, [0, 64, 128, 255], [-1, -0.5, 0, 127 / 128]],
    [16, [-32768, -16384, 0, 32767], [-1, -0.5, 0, 32767 / 32768]],
    [24, [-8388608, -4194304, 0, 8388607], [-1, -0.5, 0, 8388607 / 8388608]],
    [32, [-2147483648, -1073741824, 0, 1073741824], [-1, -0.5, 0, 0.5]],
    [12, [-32768, -16384, 0, 16384], [-1, -0.5, 0, 0.5]],
  ])('%i-bit integers are ±1 at full scale', async (bits, stored, expected) => {
    for (const container of ['RIFF', 'RIFX'] as const) {
      expect(await readAll(await openWav(stored, { bits, container }))).toEqual([expected])
    }
  })

  it.each([32, 64])('%i-bit floats are read as they are stored, beyond ±1 too', async (bits) => {
    for (const container of ['RIFF', 'RIFX'] as const) {
      expect(await readAll(await openWav([-2.5, 0, 1e6], { codec: 3, bits, container }))).toEqual([[-2.5, 0, 1e6]])
    }
  })

  it('WAVE_FORMAT_EXTENSIBLE is read by its sub-format', async () => {
    expect(await readAll(await openWav([0.25, -4], { codec: 3, bits: 32, isExtensible: true }))).toEqual([[0.25, -4]])
    expect(await readAll(await openWav([16384], { isExtensible: true }))).toEqual([[0.5]])
  })

  it('interleaved channels come apart', async () => {
    const recording = await openWav([1, 10, 100, 2, 20, 200], { channelCount: 3, codec: 3, bits: 32 })
    expect(recording.channels.map(({ name }) => name)).toEqual(['channel 1', 'channel 2', 'channel 3'])
    expect(await readAll(recording)).toEqual([
      [1, 2],
      [10, 20],
      [100, 200],
    ])
  })

  it('a range is clamped to the channel and reads the bytes of the range only', async () => {
    const values = Array.from({ length: 1000 }, (_, index) => index)
    const source = countReads(memorySource('test.wav', buildWav(values, { codec: 3, bits: 32 })))
    const [channel] = (await wavReader.open(source, {})).channels
    const before = source.counts.bytesRead
    expect(Array.from(await channel.read({ start: 996, end: 2000 }))).toEqual([996, 997, 998, 999])
    expect(source.counts.bytesRead - before).toBe(16)
    expect((await channel.read({ start: 5, end: 5 })).length).toBe(0)
    expect((await channel.read({ start: 2000, end: 3000 })).length).toBe(0)
  })
})

describe('what the file says', () => {
  it('integers have no unit, and the full scale is listed as a guess with its flag', async () => {
    const recording = await openWav([1, 2])
    expect(recording.channels[0].unit).toBeUndefined()
    expect(recording.guesses).toMatchObject([{ what: 'full scale', value: '±1', flag: '--unit' }])
    expect((await openWav([1], { codec: 3, bits: 32 })).guesses).toEqual([])
  })

  it('a rate of 0 Hz is no rate, with a notice', async () => {
    const recording = await openWav([1, 2], { sampleRateHz: 0 })
    expect(recording.channels[0].sampleRateHz).toBeUndefined()
    expect(noticeCodes(recording)).toEqual(['no-sample-rate'])
  })

  it('broadcast extension gives description and start time', async () => {
    const broadcast = new Uint8Array(602)
    broadcast.set(new TextEncoder().encode('Pump 3, drive end'), 0)
    broadcast.set(new TextEncoder().encode('2026-11-23'), 320)
    broadcast.set(new TextEncoder().encode('08:15:59'), 330)
    const { metadata } = await openWav([1, 2], { broadcast })
    expect(metadata.properties.description).toBe('Pump 3, drive end')
    expect(metadata.startTime).toBe('2026-11-23T08:15:59')
  })

  it('chunks of odd length are padded, unknown ones skipped, in front of the samples and behind', async () => {
    const recording = await openWav([0.5, 0.25], {
      codec: 3,
      bits: 32,
      before: [['LIST', Uint8Array.of(1, 2, 3)]],
      after: [['id3 ', Uint8Array.of(1, 2, 3, 4, 5)]],
    })
    expect(await readAll(recording)).toEqual([[0.5, 0.25]])
    expect(recording.notices).toEqual([])
  })

  it.each(['RF64', 'BW64'] as const)('%s takes the size of its samples from ds64', async (container) => {
    const recording = await openWav([16384, -16384], { container, after: [['LIST', new Uint8Array(4)]] })
    expect(await readAll(recording)).toEqual([[0.5, -0.5]])
    expect(recording.notices).toEqual([])
  })
})

describe('broken sizes are read honestly', () => {
  it.each([0, 0xffffffff])(
    'a data size of %i, as after a power cut: all that is there, with a notice',
    async (dataSize) => {
      const recording = await openWav([16384, -16384, 8192], { dataSize, tail: Uint8Array.of(0) })
      expect(await readAll(recording)).toEqual([[0.5, -0.5, 0.25]])
      expect(noticeCodes(recording)).toEqual(['data-size-missing', 'partial-sample'])
    },
  )

  it('a header that promises more than there is: what is there, with a notice', async () => {
    const recording = await openWav([16384, -16384], { dataSize: 4000 })
    expect(await readAll(recording)).toEqual([[0.5, -0.5]])
    expect(noticeCodes(recording)).toEqual(['truncated-data'])
    expect(recording.notices[0].message).toContain('4000')
  })

  it('an RF64 file whose ds64 promises more', async () => {
    const recording = await openWav([16384], { container: 'RF64', longDataSize: 2 ** 40 })
    expect(await readAll(recording)).toEqual([[0.5]])
    expect(noticeCodes(recording)).toEqual(['truncated-data'])
  })

  it('bytes behind the samples that belong to no chunk are named', async () => {
    const recording = await openWav([16384, -16384], { tail: new Uint8Array(40) })
    expect(await readAll(recording)).toEqual([[0.5, -0.5]])
    expect(noticeCodes(recording)).toEqual(['stray-bytes'])
  })

  it('a whole file with an empty data chunk holds no samples', async () => {
    await expect(openWav([], { after: [['LIST', new Uint8Array(8)]] })).rejects.toMatchObject({
      code: 'unreadable-file',
    })
  })
})

describe('refused with one sentence', () => {
  it.each<[string, WavOptions, string, string]>([
    [
      'IMA ADPCM',
      { codec: 0x11, bits: 4, blockBytes: 256 },
      'unsupported-format',
      "IMA ADPCM: compressed audio isn't a measurement",
    ],
    ['MP3', { codec: 0x55, bits: 0, blockBytes: 1 }, 'unsupported-format', 'MP3'],
    ['an unknown codec', { codec: 0x1234 }, 'unsupported-format', 'codec 0x1234'],
    ['40-bit integers', { bits: 40 }, 'unsupported-format', '40-bit'],
    ['16-bit floats', { codec: 3, bits: 16 }, 'unsupported-format', '16-bit float'],
    ['0 channels', { channelCount: 0 }, 'unreadable-file', '0 channels'],
    [
      'blocks that contradict the channels',
      { channelCount: 2, blockBytes: 5 },
      'unreadable-file',
      'blocks of 4 bytes, but it says 5',
    ],
  ])('%s', async (_name, options, code, words) => {
    await expect(openWav([1, 2, 3, 4], options)).rejects.toMatchObject({ name: 'AnalyzerError', code })
    await expect(openWav([1, 2, 3, 4], options)).rejects.toThrow(words)
  })
})

it('a WAV of 4 GB opens with a few hundred bytes read, in under a second', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vibralens-test-'))
  try {
    const path = join(folder, 'long.wav')
    const size = 4 * 2 ** 30
    writeFileSync(path, buildWav([], { channelCount: 4, bits: 24, sampleRateHz: 51200, dataSize: 4294967000 }))
    truncateSync(path, size) // a sparse file: zeros that take no room
    const started = performance.now()
    const source = countReads(await openFileSource(path))
    const recording = await wavReader.open(source, {})
    const [first] = recording.channels
    expect(first.sampleCount).toBe(Math.floor(4294967000 / 12))
    expect(source.counts.bytesRead).toBeLessThan(300)
    expect(Array.from(await first.read({ start: first.sampleCount - 2, end: first.sampleCount }))).toEqual([0, 0])
    expect(performance.now() - started).toBeLessThan(1000)
    await recording.close()
  } finally {
    rmSync(folder, { recursive: true })
  }
})
