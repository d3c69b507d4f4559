import { resolve } from 'node:path'
import type { SpectrumResult } from '../shared/contract/outputs'
import { printable } from './analysis-words'
import { exitCodes } from './exit-codes'
import type { ReadFlags } from './flag-values'
import { bandOf, channelOf, readOptionsOf } from './flag-values'
import type { CliIo } from './io'
import { writeOutput } from './write-output'

export interface SpectrumFlags extends ReadFlags {
  readonly channel?: string
  readonly envelope?: string
  readonly out?: string
}

/** Amplitude spectrum, or the envelope spectrum of a band, as CSV. */
export async function spectrum(file: string, flags: SpectrumFlags, io: CliIo): Promise<number> {
  const input = {
    file: resolve(io.workingFolder, file),
    read: readOptionsOf(flags),
    channel: channelOf(flags.channel),
    envelopeBandHz: flags.envelope === undefined ? undefined : bandOf('--envelope', flags.envelope),
  }
  const client = await io.client()
  const table = spectrumTable(await client.request('spectrum.get', input, io.signal))
  if (flags.out === undefined) io.out(table)
  else await writeOutput(io, flags.out, table)
  return exitCodes.done
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
