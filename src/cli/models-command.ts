import { resolve } from 'node:path'
import { localeOf } from './flag-values'
import { exitCodes } from './exit-codes'
import type { CliIo } from './io'

export interface ModelsFlags {
  readonly lang?: string
  readonly json?: boolean
}

export async function listModels(flags: ModelsFlags, io: CliIo): Promise<number> {
  const locale = localeOf(flags.lang)
  const client = await io.client()
  const models = await client.request('model.list', {}, io.signal)
  if (flags.json === true) io.out(`${JSON.stringify(models, null, 2)}\n`)
  else {
    for (const { id, version, kind, sampleRateHz, isDefault, summary } of models) {
      io.out(`${id}  ${version}  ${kind}  ${sampleRateHz} Hz${isDefault ? '  *' : ''}\n    ${summary[locale]}\n`)
    }
  }
  return exitCodes.done
}

/** The card as it is: every number about the model stands there. */
export async function showModel(id: string, io: CliIo): Promise<number> {
  const client = await io.client()
  io.out(`${JSON.stringify(await client.request('model.show', { id }, io.signal), null, 2)}\n`)
  return exitCodes.done
}

export async function checkModel(folder: string, io: CliIo): Promise<number> {
  const client = await io.client()
  const check = await client.request('model.check', { file: resolve(io.workingFolder, folder) }, io.signal)
  for (const [backend, difference] of Object.entries(check.selfTest)) {
    io.out(`${check.id}: ${backend} differs from the stored output by at most ${difference.toExponential(1)} logit\n`)
  }
  for (const problem of check.problems) io.out(`${check.id}: ${problem}\n`)
  io.out(`${check.id}: ${check.isValid ? 'valid' : 'not valid'}\n`)
  return check.isValid ? exitCodes.done : exitCodes.model
}
