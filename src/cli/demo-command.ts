import { join, resolve } from 'node:path'
import { mkdir } from 'node:fs/promises'
import { translator } from '../shared/locales/translate'
import { analysisWords } from './analysis-words'
import { exitCodes } from './exit-codes'
import { backendOf, localeOf } from './flag-values'
import type { CliIo } from './io'
import { runJob } from './run-job'
import { writeOutput } from './write-output'

export interface DemoFlags {
  readonly lang?: string
  readonly backend?: string
}

const folder = 'vibralens-demo'

/** Makes a recording, analyses it with every model, and leaves recording, JSON and picture in ./vibralens-demo. */
export async function demo(flags: DemoFlags, io: CliIo): Promise<number> {
  const locale = localeOf(flags.lang)
  const t = translator(locale)
  const recording = join(folder, 'demo-motor.wav')
  await mkdir(resolve(io.workingFolder, folder), { recursive: true })
  const input = { file: resolve(io.workingFolder, recording), backend: backendOf(flags.backend), locale }
  const { jobId, value } = await runJob(
    io,
    t,
    async (client, signal) => {
      const started = await client.request('demo.create', input, signal)
      io.err(`${t('cli.demo-made', { file: recording })}\n`)
      return started
    },
    (client, id, signal) => client.request('analysis.result', { jobId: id }, signal),
  )
  if (value.status === 'cancelled') {
    io.err(`${t('cli.cancelled')}\n`)
    return exitCodes.cancelled
  }
  const json = join(folder, 'demo-motor.json')
  const picture = join(folder, 'demo-motor.png')
  await writeOutput(io, json, `${JSON.stringify(value.results, null, 2)}\n`)
  io.out(`${recording}\n${value.results.map((result) => analysisWords(result, t)).join('')}`)
  io.err(`${t('cli.wrote', { file: json })}\n`)
  const client = await io.client()
  await writeOutput(io, picture, await client.request('picture.create', { jobId, index: 0, locale }, io.signal))
  io.err(`${t('cli.wrote', { file: picture })}\n`)
  return exitCodes.done
}
