import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { BearingLinesView, FaultLine, ListedBearing } from '../shared/diagnosis/views'
import { AnalyzerError } from '../shared/errors'
import type { Translate } from '../shared/locales/translate'
import { translator } from '../shared/locales/translate'
import { printable } from './analysis-words'
import { exitCodes } from './exit-codes'
import { localeOf, oneOf, positiveNumber, wholeNumber } from './flag-values'
import type { CliIo } from './io'

interface ListFlags {
  readonly lang?: string
  readonly json?: boolean
}

interface LinesFlags extends ListFlags {
  readonly rpm: string
  readonly ring?: string
  readonly harmonics?: string
  readonly sampleRate?: string
}

const langFlag = ['--lang <locale>', 'en or zh-CN'] as const
const jsonFlag = ['--json', 'as JSON on stdout'] as const

export function addBearings(program: Command, io: CliIo, end: (exitCode: number) => void): void {
  const bearings = program.command('bearings').description('Bearings with their geometry, and the lines they make.')
  bearings
    .command('list')
    .option(...langFlag)
    .option(...jsonFlag)
    .action(async (flags: ListFlags) => end(await listBearings(flags, io)))
  bearings
    .command('lines')
    .description('Fault lines of a bearing at a speed, with harmonics and slip windows.')
    .argument('<bearing>', 'designation, id, or geometry: n=9,d=7.94,D=39.04,angle=0')
    .requiredOption('--rpm <n>', 'shaft speed, revolutions a minute')
    .option('--ring <ring>', 'which ring turns: inner (default) or outer')
    .option('--harmonics <n>', 'how many (default: 3)')
    .option('--sample-rate <hz>', 'marks what a recording of this rate does not hold')
    .option(...langFlag)
    .option(...jsonFlag)
    .action(async (bearing: string, flags: LinesFlags) => end(await bearingLines(bearing, flags, io)))
  bearings
    .command('import')
    .description('Take bearings from a CSV table (designation, maker, n, d, D, angle) into your own.')
    .argument('<table.csv>')
    .option(...langFlag)
    .action(async (file: string, flags: ListFlags) => end(await importBearings(file, flags, io)))
}

async function listBearings(flags: ListFlags, io: CliIo): Promise<number> {
  const t = translator(localeOf(flags.lang))
  const client = await io.client()
  const { bearings } = await client.request('bearing.list', {}, io.signal)
  io.out(
    flags.json === true ? `${JSON.stringify(bearings, null, 2)}\n` : bearings.map((each) => listed(each, t)).join(''),
  )
  return exitCodes.done
}

function listed({ id, designation, maker, source, isUserOwn }: ListedBearing, t: Translate): string {
  const origin = t(isUserOwn ? 'bearing.own' : 'bearing.shipped')
  return (
    printable(`${id}  ${designation}  ${maker}  (${origin})`) + `\n    ${printable(t('bearing.source', { source }))}\n`
  )
}

async function bearingLines(bearing: string, flags: LinesFlags, io: CliIo): Promise<number> {
  const t = translator(localeOf(flags.lang))
  const input = {
    bearing,
    shaftSpeedRpm: positiveNumber('--rpm', flags.rpm, 'revolutions a minute'),
    ring: flags.ring === undefined ? undefined : oneOf('--ring', flags.ring, ['inner', 'outer'] as const),
    harmonicCount: flags.harmonics === undefined ? 3 : wholeNumber('--harmonics', flags.harmonics, 1),
    sampleRateHz: flags.sampleRate === undefined ? undefined : positiveNumber('--sample-rate', flags.sampleRate, 'Hz'),
  }
  const client = await io.client()
  const view = await client.request('bearing.lines', input, io.signal)
  io.out(flags.json === true ? `${JSON.stringify(view, null, 2)}\n` : lineWords(view, flags.rpm, t))
  return exitCodes.done
}

function lineWords({ bearing, isEstimate, lines }: BearingLinesView, rpm: string, t: Translate): string {
  const { designation, maker, source } = bearing
  const head = [
    printable(t('bearing.lines-at', { designation, maker, rpm })),
    `  ${printable(t('bearing.source', { source }))}`,
  ]
  if (isEstimate) head.push(`  ${t('bearing.estimate')}`)
  return `${[...head, ...lines.map((line) => `  ${oneLine(line, t)}`)].join('\n')}\n`
}

/** "outer race (BPFO)  3.5848 ×  107.36, 214.73, 322.09 Hz" */
function oneLine({ kind, order, harmonics }: FaultLine, t: Translate): string {
  const places = harmonics.map(({ hz, isAboveNyquist }) =>
    isAboveNyquist === true ? `${hz.toFixed(2)} (${t('bearing.above-nyquist')})` : hz.toFixed(2),
  )
  return `${t(`line.${kind}`)}  ${order.toFixed(4)} ×  ${places.join(', ')} Hz`
}

async function importBearings(file: string, flags: ListFlags, io: CliIo): Promise<number> {
  const t = translator(localeOf(flags.lang))
  const csv = await readTable(resolve(io.workingFolder, file), file)
  const client = await io.client()
  const { bearings } = await client.request('bearing.import', { csv }, io.signal)
  io.out(
    bearings
      .filter(({ isUserOwn }) => isUserOwn)
      .map((each) => listed(each, t))
      .join(''),
  )
  return exitCodes.done
}

async function readTable(path: string, name: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw new AnalyzerError('unreadable-file', `The table "${name}" cannot be read.`, { path }, { cause })
  }
}
