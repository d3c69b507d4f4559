import { readFile, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { csvCase } from './cases/csv'
import { memoryCase } from './cases/memory'
import { onePassCase } from './cases/one-pass'
import { pyramidCase } from './cases/pyramid'
import { resampleCase } from './cases/resample'
import { spectrogramCase } from './cases/spectrogram'
import { reportCase } from './cases/report'
import { studyCase } from './cases/study'
import type { Timing } from './timing'

/** One line of the table: how many times faster than the reference, in the same run. */
export interface Line {
  readonly what: string
  readonly reference: string
  readonly oursSeconds: number
  readonly referenceSeconds: number | null // null = not measured: the reference is not on this machine
  readonly ratio: number | null
  readonly goal: number | null
  /** Said below the table. */
  readonly note?: string
}

const fileOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

function line(
  what: string,
  reference: string,
  oursSeconds: number,
  referenceSeconds: number | undefined,
  goal: number | null,
): Line {
  const ratio = referenceSeconds === undefined ? null : referenceSeconds / oursSeconds
  return { what, reference, oursSeconds, referenceSeconds: referenceSeconds ?? null, ratio, goal }
}

const mostMegabytes = 300

const wall = (timing: Timing | undefined): number | undefined => timing?.seconds

const groups: Readonly<Record<string, (python: string) => Promise<Line[]>>> = {
  spectrogram: async (python) =>
    (await spectrogramCase.run(python)).flatMap(({ name, ours, scipySignal, scipyFft }) => [
      line(name, 'scipy.signal.spectrogram', ours.seconds, wall(scipySignal), 1.5),
      line(name, 'scipy.fft float32', ours.seconds, wall(scipyFft), 1),
    ]),
  resample: async (python) =>
    (await resampleCase.run(python)).map(({ name, ours, scipy }) =>
      line(name, 'scipy.signal.resample_poly', ours.seconds, wall(scipy), null),
    ),
  'one-pass': async (python) =>
    (await onePassCase.run(python)).flatMap(({ name, backend, onePass, ownPerSegment, torch }) => {
      const what = `${name}, ${backend}`
      const isWaveform = name.includes('1d') || name.includes('1D')
      return [
        line(what, 'own, segment by segment', onePass, ownPerSegment, isWaveform ? 8 : null),
        line(what, 'PyTorch, 1 thread, segment by segment', onePass, torch?.perSegmentSeconds, isWaveform ? 3 : 8),
        line(what, 'PyTorch, 1 thread, one pass', onePass, torch?.onePassSeconds, 0.5),
      ]
    }),
  csv: async (python) => {
    const { name, ours, reference, referenceName } = await csvCase.run(python)
    return [line(name, referenceName, ours, reference, 2)]
  },
  memory: async () =>
    (await memoryCase.run()).map(({ name, peakMegabytes }) => line(name, 'limit', peakMegabytes, mostMegabytes, 1)),
  pyramid: async (python) =>
    (await pyramidCase.run(python)).map(({ name, ours, numpy }) => line(name, 'numpy', ours.seconds, wall(numpy), 2)),
  report: async () => {
    const { figures, memoryMb } = await reportCase.run()
    const lines = figures.map(({ name, seconds, goalSeconds }) => line(name, 'our goal', seconds, goalSeconds, 1))
    const note = `Greatest resident memory with 50 analyses and their report in one process: ${memoryMb} MB.`
    return lines.map((each, i) => (i === 0 ? { ...each, note } : each))
  },
  study: async () => {
    const { figures, memoryMb } = await studyCase.run()
    const lines = figures.map(({ name, seconds, goalSeconds }) => line(name, 'our goal', seconds, goalSeconds, 1))
    const note = memoryMb.map(({ stage, megabytes }) => `${stage} ${megabytes} MB`).join('; ')
    return lines.map((each, i) => (i === 0 ? { ...each, note: `Resident memory of the app's engine: ${note}.` } : each))
  },
}

/** Runs the named groups (all when none is named) and writes the results beside the cases. */
export async function runBench(python: string, load: number, names: readonly string[]): Promise<void> {
  const before = await earlierLines()
  const chosen = names.length === 0 ? Object.keys(groups) : names
  const lines: Record<string, readonly Line[]> = { ...before }
  for (const name of chosen) {
    lines[name] = await groups[name](python)
    for (const each of lines[name]) process.stdout.write(`${wordsOf(each)}\n`)
    const results = { date: new Date().toISOString(), node: process.version, cpu: cpus()[0].model, load, lines }
    await writeFile(fileOf('./results.json'), `${JSON.stringify(results, null, 2)}\n`)
    await writeFile(fileOf('./README.md'), tableOf(results))
  }
}

async function earlierLines(): Promise<Record<string, readonly Line[]>> {
  const text = await readFile(fileOf('./results.json'), 'utf8').catch(() => '{}')
  const parsed: { readonly lines?: Record<string, readonly Line[]> } = JSON.parse(text) // written by this file
  return parsed.lines ?? {}
}

const fixed = (value: number | null, digits: number): string =>
  value === null ? 'not measured' : value.toFixed(digits)

/** Milliseconds keep two digits. */
const secondsWord = (value: number | null): string =>
  value !== null && value < 0.01 ? value.toPrecision(2) : fixed(value, 3)

function wordsOf({ what, reference, oursSeconds, referenceSeconds, ratio, goal }: Line): string {
  const aim = goal === null ? '–' : `≥ ${goal}`
  return `| ${what} | ${reference} | ${secondsWord(oursSeconds)} | ${secondsWord(referenceSeconds)} | ${fixed(ratio, 2)} | ${aim} |`
}

function tableOf(results: {
  readonly date: string
  readonly node: string
  readonly cpu: string
  readonly load: number
  readonly lines: Readonly<Record<string, readonly Line[]>>
}): string {
  const lines = Object.values(results.lines).flat()
  const notes = lines.flatMap(({ note }) => (note === undefined ? [] : ['', note]))
  return [
    '# Bench',
    '',
    '`PYTHON=/path/to/python npm run bench` (one group: `npm run bench -- csv`). Each ratio is reference time over ours,',
    'wall time, best of several, measured in the same run; above 1 we are faster. Peak memory stands in the same columns, in MB.',
    '',
    `Last run ${results.date.slice(0, 10)}, Node ${results.node}, ${results.cpu}, load at the start ${results.load.toFixed(1)}.`,
    '',
    '| what | reference | ours, s | reference, s | ratio | goal |',
    '| --- | --- | --- | --- | --- | --- |',
    ...lines.map(wordsOf),
    ...notes,
    '',
  ].join('\n')
}
