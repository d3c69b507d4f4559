import { resolve } from 'node:path'
import type { EngineClient } from '../shared/contract/engine-client'
import type { RequestInput } from '../shared/contract/requests'
import type { SpectrumResult } from '../shared/contract/outputs'
import type { EnvelopeView } from '../shared/diagnosis/views'
import type { Translate } from '../shared/locales/translate'
import { translator } from '../shared/locales/translate'
import { AnalyzerError } from '../shared/errors'
import { formatSignificant } from '../shared/number-words'
import { printable } from './analysis-words'
import { exitCodes } from './exit-codes'
import type { ReadFlags } from './flag-values'
import { bandOf, channelOf, localeOf, readOptionsOf } from './flag-values'
import type { CliIo } from './io'
import { writeOutput } from './write-output'

export interface SpectrumFlags extends ReadFlags {
  readonly channel?: string
  readonly envelope?: string
  readonly kurtogram?: string
  readonly lang?: string
  readonly out?: string
}

type Source = Pick<RequestInput<'spectrum.get'>, 'file' | 'read'>

/** An envelope of fewer Hz holds hardly three harmonics of a bearing's lines. */
const leastBandwidthHz = 500
/** Lines of bearings at usual speeds, and their first harmonics. */
const highestPeakHz = 2000
const shownPeaks = 8

/** Amplitude spectrum, or the envelope spectrum of a band with its highest lines in words, as CSV. */
export async function spectrum(file: string, flags: SpectrumFlags, io: CliIo): Promise<number> {
  const source = { file: resolve(io.workingFolder, file), read: readOptionsOf(flags) }
  const channel = channelOf(flags.channel)
  const locale = localeOf(flags.lang)
  const band = envelopeBandOf(flags)
  if (flags.kurtogram !== undefined && band?.kind !== 'kurtogram') {
    throw new AnalyzerError('bad-request', '--kurtogram draws how the band was chosen; it needs --envelope auto.')
  }
  const client = await io.client()
  const spectra: SpectrumResult[] = []
  if (band === undefined) spectra.push(...(await client.request('spectrum.get', { ...source, channel }, io.signal)))
  else {
    for (const each of await channelsOf(client, source, channel, io)) {
      const input = { ...source, channel: each, band, preparation: 'none', highestHz: highestPeakHz } as const
      const view = await client.request('envelope.get', input, io.signal)
      io.err(envelopeWords(view, translator(locale)))
      const envelopeBandHz: [number, number] = [...view.bandHz]
      spectra.push(...(await client.request('spectrum.get', { ...source, channel: each, envelopeBandHz }, io.signal)))
    }
  }
  const table = spectrumTable(spectra)
  if (flags.out === undefined) io.out(table)
  else await writeOutput(io, flags.out, table)
  if (flags.kurtogram !== undefined) {
    const [first] = await channelsOf(client, source, channel, io)
    const input = { ...source, channel: first, leastBandwidthHz, locale }
    await writeOutput(io, flags.kurtogram, await client.request('kurtogram.picture', input, io.signal))
  }
  return exitCodes.done
}

function envelopeBandOf({ envelope }: SpectrumFlags): RequestInput<'envelope.get'>['band'] | undefined {
  if (envelope === undefined) return undefined
  if (envelope === 'auto') return { kind: 'kurtogram', leastBandwidthHz }
  return { kind: 'given', bandHz: bandOf('--envelope', envelope) }
}

/** The one asked for, or the index of each. */
async function channelsOf(
  client: EngineClient,
  source: Source,
  channel: number | string | undefined,
  io: CliIo,
): Promise<readonly (number | string)[]> {
  if (channel !== undefined) return [channel]
  return (await client.request('recording.inspect', source, io.signal)).channels.map((_, index) => index)
}

function envelopeWords({ channel, bandHz, bandOrigin, peaks }: EnvelopeView, t: Translate): string {
  const values = { channel: printable(channel), low: bandHz[0].toFixed(0), high: bandHz[1].toFixed(0) }
  const lines = bandOrigin === 'kurtogram' ? [t('envelope.band-kurtogram', values)] : []
  if (peaks.length === 0) lines.push(t('envelope.no-peaks', values))
  else lines.push(t('envelope.peaks', values))
  for (const { frequencyHz, heightDb } of peaks.slice(0, shownPeaks)) {
    lines.push(`  ${t('envelope.peak', { hz: frequencyHz.toFixed(2), height: formatSignificant(heightDb) })}`)
  }
  return `${lines.join('\n')}\n`
}

/** One column of frequencies a channel: channels may differ in rate, so each has rows of its own. */
function spectrumTable(spectra: readonly SpectrumResult[]): string {
  const lines = ['channel,frequency_hz,amplitude,unit']
  for (const { channel, binHz, amplitude, unit } of spectra) {
    const name = `"${printable(channel).replace(/"/g, '""')}"`
    for (let bin = 0; bin < amplitude.length; bin++) {
      const hertz = Number((bin * binHz).toPrecision(9))
      lines.push(`${name},${hertz},${Number(amplitude[bin].toPrecision(6))},${unit ?? ''}`)
    }
  }
  return `${lines.join('\n')}\n`
}
