import { resolve } from 'node:path'
import type { ChannelSummary, RecordingSummary } from '../shared/contract/outputs'
import type { Translate } from '../shared/locales/translate'
import { translator } from '../shared/locales/translate'
import { formatSignificant } from '../shared/number-words'
import { printable } from './analysis-words'
import { exitCodes } from './exit-codes'
import type { ReadFlags } from './flag-values'
import { localeOf, readOptionsOf } from './flag-values'
import type { CliIo } from './io'

export interface InspectFlags extends ReadFlags {
  readonly lang?: string
  readonly json?: boolean
}

/** What is in the file and how it was read; no model. */
export async function inspect(file: string, flags: InspectFlags, io: CliIo): Promise<number> {
  const t = translator(localeOf(flags.lang))
  const input = { file: resolve(io.workingFolder, file), read: readOptionsOf(flags) }
  const client = await io.client()
  const summary = await client.request('recording.inspect', input, io.signal)
  io.out(flags.json === true ? `${JSON.stringify(summary, null, 2)}\n` : inspectWords(summary, t))
  return exitCodes.done
}

function inspectWords(summary: RecordingSummary, t: Translate): string {
  const { channels, guesses, notices, quality } = summary
  const lines = [printable(summary.name), `  ${t('inspect.format')}: ${summary.format}`]
  if (summary.machine !== null) lines.push(`  ${t('inspect.machine')}: ${printable(summary.machine)}`)
  if (summary.startTime !== null) lines.push(`  ${t('inspect.start')}: ${summary.startTime}`)
  const speed =
    summary.shaftSpeedRpm === null
      ? t('inspect.unknown')
      : t('header.speed', { rpm: formatSignificant(summary.shaftSpeedRpm) })
  lines.push(`  ${t('inspect.speed')}: ${speed}`, `  ${t('inspect.channels')}:`)
  channels.forEach((channel, index) => lines.push(`    ${index + 1}  ${channelWords(channel, t)}`))
  if (guesses.length > 0) lines.push(`  ${t('inspect.guesses')}:`)
  for (const { what, value, reason, flag } of guesses) {
    lines.push(printable(`    ${what}: ${value} — ${reason}${flag === undefined ? '' : ` (${flag})`}`))
  }
  if (notices.length > 0) lines.push(`  ${t('inspect.notices')}:`)
  for (const { message } of notices) lines.push(printable(`    ${message}`))
  const findings = quality.map(({ message }) => printable(`    ${message}`))
  lines.push(`  ${t('inspect.quality')}:`, ...(findings.length > 0 ? findings : [`    ${t('inspect.quality-good')}`]))
  return `${lines.join('\n')}\n`
}

function channelWords(
  { name, unit, sampleRateHz, sampleCount, durationSeconds }: ChannelSummary,
  t: Translate,
): string {
  const rate = sampleRateHz === null ? `${t('inspect.rate')}: ${t('inspect.unknown')}` : `${sampleRateHz} Hz`
  const words = [
    printable(name),
    unit ?? t('waveform.axis-unknown'),
    rate,
    t('inspect.samples', { count: sampleCount }),
  ]
  if (durationSeconds !== null) words.push(t('unit.seconds', { value: formatSignificant(durationSeconds) }))
  return words.join(' · ')
}
