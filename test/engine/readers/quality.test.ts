import { describe, expect, it } from 'vitest'
import { checkChannelQuality, checkRecordingQuality } from '../../../src/engine/readers/quality'
import type { Channel, Notice, Recording } from '../../../src/engine/readers/recording'
import { createRandom } from '../../../src/shared/random'

const need = { leastRateHz: 10_000, leastSampleCount: 4096 }
const rate = 20_000

function channelOf(samples: Float32Array, overrides: Partial<Channel> = {}): Channel {
  return {
    name: 'x',
    unit: 'g',
    sampleRateHz: rate,
    sampleCount: samples.length,
    read: ({ start, end }) => Promise.resolve(samples.slice(start, end)),
    ...overrides,
  }
}

function recordingOf(channels: readonly Channel[]): Recording {
  return {
    id: 'r',
    name: 'r',
    format: 'csv',
    sizeBytes: 0,
    channels,
    metadata: { properties: {} },
    notices: [],
    guesses: [],
    close: () => Promise.resolve(),
  }
}

/** Normal noise of RMS 1 with a shaft tone; longer than one block of the check. */
function vibration(seed: number, sampleCount = 150_000): Float32Array {
  const random = createRandom(seed)
  return Float32Array.from(
    { length: sampleCount },
    (_, i) => random.normal() + 2 * Math.sin((2 * Math.PI * 30 * i) / rate),
  )
}

async function codes(samples: Float32Array, overrides: Partial<Channel> = {}): Promise<readonly string[]> {
  return (await checkChannelQuality(channelOf(samples, overrides), need)).map(({ code }) => code)
}

async function only(samples: Float32Array): Promise<Notice> {
  const notices = await checkChannelQuality(channelOf(samples), need)
  expect(notices.map(({ code }) => code)).toHaveLength(1)
  return notices[0]
}

describe('sound signals give no notice', () => {
  it.each([
    ['vibration', (x: number) => x],
    ['16 bits', (x: number) => Math.round(x * 3000)],
    ['8 bits', (x: number) => Math.round(x * 20)],
    ['a few steps of a coarse converter', (x: number) => Math.round(x)],
    ['one step, mostly still', (x: number) => Math.round(x / 6)],
  ])('%s', async (_, convert) => expect(await codes(vibration(1).map(convert))).toEqual([]))

  it('a slow sine rounded to 12 bits, whose peaks are flat for milliseconds', async () => {
    const sine = Float32Array.from({ length: 200_000 }, (_, i) =>
      Math.round(2000 * Math.sin((2 * Math.PI * 2.5 * i) / rate)),
    )
    expect(await codes(sine)).toEqual([])
  })

  it('single spikes, which may be the fault', async () => {
    const samples = vibration(2)
    for (let i = 500; i < samples.length; i += 997) samples[i] = 40
    expect(await codes(samples)).toEqual([])
  })
})

describe('each finding has its code, sentence and place', () => {
  it('clipping on both sides', async () => {
    const clipped = vibration(3).map((x) => Math.max(-2.5, Math.min(2.5, x)))
    const notices = await checkChannelQuality(channelOf(clipped), need)
    expect(notices.map(({ code }) => code)).toEqual(['clipping', 'clipping'])
    expect(notices[0].message).toMatch(
      /^Channel "x" stays at its extreme 2\.5 g \d+ times \(\d+ samples\): it is clipped\.$/,
    )
    expect(notices[1].message).toContain('-2.5 g')
    expect(notices[0].endSeconds).toBeGreaterThan(notices[0].startSeconds ?? Number.POSITIVE_INFINITY)
  })

  it('clipping of an 8-bit converter', async () => {
    const clipped = vibration(3).map((x) => Math.max(-128, Math.min(127, Math.round(x * 60))))
    expect(await codes(clipped)).toEqual(['clipping', 'clipping'])
  })

  it('a flat line across blocks', async () => {
    const samples = vibration(4).fill(0.25, 60_000, 70_000)
    const notice = await only(samples)
    expect(notice).toEqual({
      code: 'flat-line',
      message: 'Channel "x" does not change for 500 ms.',
      startSeconds: 3,
      endSeconds: 3.5,
    })
  })

  it('a flat line at the end of a coarse signal', async () => {
    const samples = vibration(5).map(Math.round).fill(1, 149_000)
    expect((await only(samples)).startSeconds).toBeCloseTo(7.45, 2)
  })

  it('many flat lines in five notices', async () => {
    const samples = vibration(6)
    for (let i = 0; i < 20; i++) samples.fill(0.5, 1000 + 5000 * i, 1400 + 5000 * i)
    const notices = await checkChannelQuality(channelOf(samples), need)
    expect(notices.map(({ code }) => code)).toEqual(Array(5).fill('flat-line'))
    expect(notices[4].message).toBe('Channel "x" has 16 more such places.')
    expect(notices[4].endSeconds).toBe(96_400 / rate)
  })

  it('NaN and gaps, infinite samples among them', async () => {
    const samples = vibration(7)
    samples[10] = Number.NaN
    samples[20] = Number.POSITIVE_INFINITY
    samples.fill(Number.NaN, 65_500, 65_600)
    const notices = await checkChannelQuality(channelOf(samples), need)
    expect(notices).toEqual([
      {
        code: 'not-a-number',
        message: 'Channel "x" has 102 samples without a value (0.068 %), the first at sample 10.',
        startSeconds: 10 / rate,
        endSeconds: 11 / rate,
      },
      { code: 'gap', message: 'Channel "x" has a gap of 5 ms.', startSeconds: 3.275, endSeconds: 3.28 },
    ])
  })

  it('nothing but NaN, and a gap that lasts to the end', async () => {
    expect(await codes(new Float32Array(5000).fill(Number.NaN))).toEqual(['not-a-number', 'gap'])
    expect(await codes(vibration(8).fill(Number.NaN, 140_000))).toEqual(['not-a-number', 'gap'])
  })

  it('an offset, with both values', async () => {
    const notice = await only(vibration(9).map((x) => 100 + x))
    expect(notice.code).toBe('offset')
    expect(notice.message).toMatch(/^Channel "x" has an offset of (100|99\.99|100\.0\d?) g against 1\.73\d? g RMS/)
  })

  it('too short and too slow, with what is needed', async () => {
    const notices = await checkChannelQuality(channelOf(vibration(10, 1000), { sampleRateHz: 200 }), need)
    expect(notices.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      'too-short: Channel "x" has 1000 samples (5 s); at least 4096 are needed.',
      'rate-too-low: Channel "x" is sampled at 200 Hz; at least 10000 Hz is needed.',
    ])
  })

  it('a constant channel, and nothing else about it', async () => {
    expect(await only(new Float32Array(5000).fill(3))).toMatchObject({
      code: 'constant',
      startSeconds: 0,
      endSeconds: 0.25,
    })
  })

  it('an empty channel is too short', async () => expect(await codes(new Float32Array(0))).toEqual(['too-short']))

  it('no places without a sample rate', async () => {
    const samples = vibration(11).fill(0.25, 60_000, 70_000)
    const notices = await checkChannelQuality(channelOf(samples, { sampleRateHz: undefined, unit: undefined }), need)
    expect(notices).toEqual([{ code: 'flat-line', message: 'Channel "x" does not change for 10000 samples.' }])
  })
})

describe('channels of one recording', () => {
  it('equal and scaled copies are named, similar signals are not', async () => {
    const x = vibration(12, 400_000)
    const other = vibration(13, 400_000)
    const near = x.map((value, i) => value + 0.02 * other[i])
    const channels = [x, other, x.map((value) => -0.9848 * value + 0.3), near, x.slice()]
    const notices = await checkRecordingQuality(
      recordingOf(channels.map((samples, i) => channelOf(samples, { name: `c${i}` }))),
      need,
    )
    expect(notices.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      'identical-channels: Channels "c0" and "c2" hold the same signal, scaled by -0.9848; one sensor seems to be stored twice.',
      'identical-channels: Channels "c0" and "c4" hold the same signal; one sensor seems to be stored twice.',
      'identical-channels: Channels "c2" and "c4" hold the same signal, scaled by -1.015; one sensor seems to be stored twice.',
    ])
  })

  it('constant channels are constant, not identical', async () => {
    const flat = new Float32Array(5000).fill(1)
    const notices = await checkRecordingQuality(recordingOf([channelOf(flat), channelOf(flat)]), need)
    expect(notices.map(({ code }) => code)).toEqual(['constant', 'constant'])
  })
})
