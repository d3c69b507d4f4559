import type { Command } from 'commander'
import type { CliIo } from './io'
import type { VerifyFlags } from './report-verify'

/** Flags that every command that writes a report takes. */
export function withReportWords(command: Command): Command {
  return command
    .option('--template <file.json>', "company's template: logo, plant, texts, sections, paper")
    .option('--words <file.json>', "analyst's words: machine, point, severity, action, deadline …")
    .option('--paper <size>', "a4 or letter (default: the template's, else a4)")
    .option('--report-date <date>', 'date on the report (default: today)')
}

export function addReports(program: Command, io: CliIo, end: (exitCode: number) => void): void {
  const report = program.command('report').description('Reports: check one against its recordings.')
  report
    .command('verify')
    .description('Analyse the recordings of a PDF report again and say what differs.')
    .argument('<file.pdf>')
    .argument('[recording...]', 'the recordings (default: files of their names beside the PDF)')
    .option('--baseline <file>', 'baseline that the analysis used (repeatable)', (value: string, before?: string[]) => [
      ...(before ?? []),
      value,
    ])
    .option('--lang <locale>', 'en or zh-CN')
    .option('--json', 'as JSON on stdout')
    .action(async (file: string, recordings: string[], flags: VerifyFlags) => {
      const { verifyReport } = await import('./report-verify')
      end(await verifyReport(file, recordings, flags, io))
    })
}
