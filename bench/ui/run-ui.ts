import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildWhenStale } from '../../scripts/build-when-stale.mjs'
import { openAppUnderTest } from './app-under-test'
import { mainBundleBytes } from './bundle'
import { heatMapTimes } from './heat'
import { writeMachineWav } from './machine-wav'
import {
  untilAnalysed,
  firstPicture,
  frameTimes,
  liveHeapBytes,
  percentile,
  rest,
  sliderTimes,
  type Movement,
} from './measures'

/** One line of the table. */
interface Line {
  readonly what: string
  readonly value: number
  readonly unit: string
  readonly goal: string
  readonly isMet: boolean
}

const atMost = (what: string, value: number, unit: string, goal: number): Line => ({
  what,
  value,
  unit,
  goal: `≤ ${goal}`,
  isMet: value <= goal,
})

const hugeSampleCount = 1e8
const tenMinutes = 600 * 25_600
const framesOfMovement = 240
const megabyte = 2 ** 20

const groups: Readonly<Record<string, (root: string, folder: string) => Promise<readonly Line[]>>> = {
  bundle: async (root) => {
    const bytes = await mainBundleBytes(join(root, 'out/renderer'))
    return [atMost('main bundle of the page, gzip', bytes / 1000, 'kB', 700)]
  },
  heat: async (root) => {
    const { ours, theirs } = await heatMapTimes(root)
    const ratio = theirs / ours
    return [
      { what: 'heat map of 1000 × 128 cells, new values to picture', value: ours, unit: 'ms', goal: '–', isMet: true },
      { what: 'the same in an ECharts heatmap series', value: theirs, unit: 'ms', goal: '–', isMet: true },
      { what: 'times as fast as ECharts', value: ratio, unit: '×', goal: '≥ 50', isMet: ratio >= 50 },
    ]
  },
  slider: async (root, folder) => {
    const file = join(folder, 'ten-minutes.wav')
    await writeMachineWav(file, tenMinutes)
    const app = await openAppUnderTest(root, file)
    try {
      await firstPicture(app.page)
      await untilAnalysed(app.page)
      const times = await sliderTimes(app.page, 20)
      return [atMost('segment slider to new verdict, 10 minutes, median', percentile(times, 0.5), 'ms', 50)]
    } finally {
      await app.close()
    }
  },
  huge: async (root, folder) => {
    const file = join(folder, 'huge.wav')
    await writeMachineWav(file, hugeSampleCount)
    return measureHuge(root, file)
  },
}

async function measureHuge(root: string, file: string): Promise<readonly Line[]> {
  const app = await openAppUnderTest(root, file)
  const { page, devtools } = app
  try {
    const { firstMilliseconds, wholeMilliseconds } = await firstPicture(page)
    await untilAnalysed(page)
    await page.mouse.move(10, 10)
    const lines: Line[] = [
      atMost('10⁸ samples: asked for to first picture', firstMilliseconds, 'ms', 1000),
      {
        what: '10⁸ samples: asked for to all tracks in full',
        value: wholeMilliseconds,
        unit: 'ms',
        goal: '–',
        isMet: true,
      },
    ]
    for (const movement of ['zoom', 'pan'] satisfies Movement[]) {
      if (movement === 'pan') await page.keyboard.press('f')
      for (let turn = 0; movement === 'pan' && turn < 12; turn++) await page.keyboard.press('+')
      await rest(page)
      const times = await frameTimes(page, movement, framesOfMovement)
      lines.push(atMost(`10⁸ samples, five tracks, ${movement}: frame, p95`, percentile(times, 0.95), 'ms', 33))
      lines.push(atMost(`10⁸ samples, five tracks, ${movement}: longest frame`, Math.max(...times), 'ms', 100))
    }
    await frameTimes(page, 'pan', 200) // what is made once is made
    await rest(page)
    const before = await liveHeapBytes(devtools)
    await frameTimes(page, 'pan', 200)
    await rest(page)
    const after = await liveHeapBytes(devtools)
    lines.push(atMost('growth of the JavaScript heap over 200 pans', (after - before) / megabyte, 'MB', 1))
    return lines
  } finally {
    await app.close()
  }
}

/** Runs the named groups (all when none is named) and writes bench/ui-results.json and bench/UI.md. */
export async function runUiBench(root: string, names: readonly string[]): Promise<void> {
  await buildWhenStale('renderer')
  await buildWhenStale('cli')
  const [load] = loadavg()
  const folder = await mkdtemp(join(tmpdir(), 'vibralens-bench-ui-'))
  const lines: Line[] = []
  try {
    for (const name of names.length === 0 ? Object.keys(groups) : names) {
      for (const each of await groups[name](root, folder)) {
        lines.push(each)
        process.stdout.write(`${wordsOf(each)}\n`)
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  if (names.length > 0) return // a part is looked at, not kept
  const results = { date: new Date().toISOString(), node: process.version, cpu: cpus()[0].model, load, lines }
  await writeFile(join(root, 'bench/ui-results.json'), `${JSON.stringify(results, null, 2)}\n`)
  await writeFile(join(root, 'bench/UI.md'), tableOf(results))
}

function wordsOf({ what, value, unit, goal, isMet }: Line): string {
  return `| ${what} | ${value.toPrecision(3)} ${unit} | ${goal} | ${isMet ? 'yes' : '**no**'} |`
}

function tableOf(results: {
  readonly date: string
  readonly node: string
  readonly cpu: string
  readonly load: number
  readonly lines: readonly Line[]
}): string {
  return [
    '# Bench of the window',
    '',
    '`npm run bench:ui` (one group: `npm run bench:ui -- huge`): the built page in headless Chromium without a GPU, 1280 × 720,',
    'against `vibralens serve` in a process of its own. Recordings are made for the run.',
    '',
    `Last run ${results.date.slice(0, 10)}, Node ${results.node}, ${results.cpu}, load at the start ${results.load.toFixed(1)}.`,
    '',
    '| what | measured | goal | met |',
    '| --- | --- | --- | --- |',
    ...results.lines.map(wordsOf),
    '',
  ].join('\n')
}
