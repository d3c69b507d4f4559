import type { SampleRange } from '../../shared/sample-range'
import type { RunList } from './quality-runs'
import type { SignalStatistics } from './quality-statistics'
import type { Channel, Notice } from './recording'

/** What a model needs of a signal. */
export interface QualityNeed {
  /** Hz */
  readonly leastRateHz: number
  /** Samples at the channel's own rate. */
  readonly leastSampleCount: number
}

const leastClippedRuns = 2
const longClippedRun = 8 // one run of this length is enough
const leastClipQuanta = 16 // signals of few steps of the resolution repeat their extremes anyway

/** What the length and the rate alone say. */
export function describeNeed(channel: Channel, need: QualityNeed): readonly Notice[] {
  const notices: Notice[] = []
  const { name, sampleCount, sampleRateHz } = channel
  if (sampleCount < need.leastSampleCount) {
    const seconds = sampleRateHz === undefined ? '' : ` (${tidy(sampleCount / sampleRateHz)} s)`
    const message = `Channel "${name}" has ${sampleCount} samples${seconds}; at least ${need.leastSampleCount} are needed.`
    notices.push({ code: 'too-short', message })
  }
  if (sampleRateHz !== undefined && sampleRateHz < need.leastRateHz) {
    const message = `Channel "${name}" is sampled at ${tidy(sampleRateHz)} Hz; at least ${tidy(need.leastRateHz)} Hz is needed.`
    notices.push({ code: 'rate-too-low', message })
  }
  return notices
}

/** What one pass over the samples says. */
export function describeStatistics(channel: Channel, statistics: SignalStatistics): readonly Notice[] {
  const missing = describeMissing(channel, statistics)
  if (statistics.notNumberCount === statistics.sampleCount) return missing
  if (statistics.minimum === statistics.maximum) {
    const message = `Channel "${channel.name}" is constant at ${valueText(channel, statistics.mean)}.`
    return [...missing, { code: 'constant', message, ...place(channel, { start: 0, end: statistics.sampleCount }) }]
  }
  return [
    ...missing,
    ...describeClips(channel, statistics),
    ...describeFlats(channel, statistics),
    ...describeOffset(channel, statistics),
  ]
}

function describeMissing(channel: Channel, statistics: SignalStatistics): readonly Notice[] {
  const { notNumberCount, sampleCount, firstNotNumber, gaps } = statistics
  if (notNumberCount === 0) return []
  const share = tidy((100 * notNumberCount) / sampleCount)
  const message = `Channel "${channel.name}" has ${notNumberCount} samples without a value (${share} %), the first at sample ${firstNotNumber}.`
  const notice = {
    code: 'not-a-number',
    message,
    ...place(channel, { start: firstNotNumber, end: firstNotNumber + 1 }),
  }
  const describe = (range: SampleRange): string =>
    `Channel "${channel.name}" has a gap of ${lengthText(channel, range.end - range.start)}.`
  return [notice, ...listRuns(channel, 'gap', gaps, describe)]
}

function describeClips(channel: Channel, statistics: SignalStatistics): readonly Notice[] {
  const notices: Notice[] = []
  const { mean, quantum } = statistics
  const sides = [
    { clips: statistics.highClips, value: statistics.maximum },
    { clips: statistics.lowClips, value: statistics.minimum },
  ]
  for (const { clips, value } of sides) {
    const isRepeated = clips.count >= leastClippedRuns || clips.longest >= longClippedRun
    if (!isRepeated || Math.abs(value - mean) < leastClipQuanta * quantum) continue
    const times = clips.count === 1 ? 'once' : `${clips.count} times`
    const message = `Channel "${channel.name}" stays at its extreme ${valueText(channel, value)} ${times} (${clips.sampleCount} samples): it is clipped.`
    notices.push({ code: 'clipping', message, ...place(channel, { start: clips.runs[0].start, end: clips.end }) })
  }
  return notices
}

/** Equal neighbours are usual in a coarse signal: then a run must be three times the longest that chance makes. */
function describeFlats(channel: Channel, statistics: SignalStatistics): readonly Notice[] {
  const { flats, equalShare, sampleCount } = statistics
  const byChance = equalShare > 0 ? Math.log(sampleCount) / -Math.log(Math.min(equalShare, 0.999)) : 1
  if (flats.longest < 3 * byChance) return []
  const describe = (range: SampleRange): string =>
    `Channel "${channel.name}" does not change for ${lengthText(channel, range.end - range.start)}.`
  return listRuns(channel, 'flat-line', flats, describe)
}

function describeOffset(channel: Channel, statistics: SignalStatistics): readonly Notice[] {
  const { mean, acRms } = statistics
  if (Math.abs(mean) <= acRms) return []
  const message = `Channel "${channel.name}" has an offset of ${valueText(channel, mean)} against ${valueText(channel, acRms)} RMS of vibration; it is removed before the analysis.`
  return [{ code: 'offset', message }]
}

function listRuns(
  channel: Channel,
  code: string,
  list: RunList,
  describe: (range: SampleRange) => string,
): readonly Notice[] {
  const notices: Notice[] = list.runs.map((range) => ({ code, message: describe(range), ...place(channel, range) }))
  const rest = list.count - list.runs.length
  if (rest > 0) {
    const start = list.runs[list.runs.length - 1].end
    const message = `Channel "${channel.name}" has ${rest} more such places.`
    notices.push({ code, message, ...place(channel, { start, end: list.end }) })
  }
  return notices
}

function place(channel: Channel, range: SampleRange): { readonly startSeconds?: number; readonly endSeconds?: number } {
  const { sampleRateHz } = channel
  if (sampleRateHz === undefined) return {}
  return { startSeconds: range.start / sampleRateHz, endSeconds: range.end / sampleRateHz }
}

function lengthText(channel: Channel, length: number): string {
  return channel.sampleRateHz === undefined ? `${length} samples` : `${tidy((1000 * length) / channel.sampleRateHz)} ms`
}

function valueText(channel: Channel, value: number): string {
  return channel.unit === undefined ? tidy(value) : `${tidy(value)} ${channel.unit}`
}

function tidy(value: number): string {
  return String(Number(value.toPrecision(4)))
}
