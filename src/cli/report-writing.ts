import type { Translate } from '../shared/locales/translate'
import type { CliIo } from './io'
import type { ReportOrder } from './report-flags'
import { runJob } from './run-job'
import { writeOutput } from './write-output'

/** Makes the report of ended analyses and writes it, whole or not at all. */
export async function writeReport(
  { out, ...order }: ReportOrder,
  jobIds: readonly string[],
  io: CliIo,
  t: Translate,
): Promise<void> {
  const input = { ...order, jobIds: [...jobIds] }
  const { jobId, value } = await runJob(
    io,
    t,
    (client, signal) => client.request('report.create', input, signal),
    (client, id, signal) => client.request('report.result', { jobId: id }, signal),
  )
  await writeOutput(io, out, value.bytes)
  io.err(`${t('cli.wrote', { file: out })}\n`)
  const client = await io.client()
  await client.request('job.forget', { jobId }, new AbortController().signal)
}
