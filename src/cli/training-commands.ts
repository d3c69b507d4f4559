import { resolve } from 'node:path'
import { translator } from '../shared/locales/translate'
import { exitCodes } from './exit-codes'
import type { ReadFlags } from './flag-values'
import { backendOf, channelOf, oneOf, readOptionsOf, wholeNumber } from './flag-values'
import type { CliIo } from './io'
import { runJob } from './run-job'
import { writeOutput } from './write-output'

/** Words of these commands are for developers and stay English. */
const t = translator('en')

export interface TrainFlags {
  readonly arch: string
  readonly out: string
  readonly holdOut?: string
  readonly seed?: string
  readonly backend?: string
}

export async function train(manifest: string, flags: TrainFlags, io: CliIo): Promise<number> {
  const input = {
    manifest: resolve(io.workingFolder, manifest),
    kind: oneOf('--arch', flags.arch, ['1d', '2d'] as const),
    out: resolve(io.workingFolder, flags.out),
    holdOut: flags.holdOut,
    seed: flags.seed === undefined ? undefined : wholeNumber('--seed', flags.seed, 0),
    backend: backendOf(flags.backend),
  }
  const { value } = await runJob(
    io,
    t,
    (client, signal) => client.request('training.start', input, signal),
    (client, jobId, signal) => client.request('training.result', { jobId }, signal),
  )
  for (const line of value.lines) io.err(`${line}\n`)
  io.out(`${value.out}\n`)
  return exitCodes.done
}

export interface EvaluateFlags {
  readonly model: string
  readonly json?: string
  readonly backend?: string
}

export async function evaluate(manifest: string, flags: EvaluateFlags, io: CliIo): Promise<number> {
  const input = {
    manifest: resolve(io.workingFolder, manifest),
    model: flags.model,
    backend: backendOf(flags.backend),
  }
  const { value } = await runJob(
    io,
    t,
    (client, signal) => client.request('evaluation.start', input, signal),
    (client, jobId, signal) => client.request('evaluation.result', { jobId }, signal),
  )
  const json = `${JSON.stringify(value.report, null, 2)}\n`
  if (flags.json === '-') io.out(json)
  else {
    if (flags.json !== undefined) await writeOutput(io, flags.json, json)
    for (const line of value.lines) io.out(`${line}\n`)
  }
  return exitCodes.done
}

export interface BaselineFlags extends ReadFlags {
  readonly out: string
  readonly model?: string
  readonly channel?: string
  readonly backend?: string
}

export async function baseline(files: readonly string[], flags: BaselineFlags, io: CliIo): Promise<number> {
  const input = {
    files: files.map((file) => resolve(io.workingFolder, file)),
    out: resolve(io.workingFolder, flags.out),
    read: readOptionsOf(flags),
    channel: channelOf(flags.channel),
    model: flags.model,
    backend: backendOf(flags.backend),
  }
  const { value } = await runJob(
    io,
    t,
    (client, signal) => client.request('baseline.start', input, signal),
    (client, jobId, signal) => client.request('baseline.result', { jobId }, signal),
  )
  const { recordingCount, meanLogit, spreadLogit } = value
  io.err(
    `Healthy level from ${recordingCount} recording(s): logit ${meanLogit.toFixed(2)} ± ${spreadLogit.toFixed(2)}\n`,
  )
  io.out(`${flags.out}\n`)
  return exitCodes.done
}
