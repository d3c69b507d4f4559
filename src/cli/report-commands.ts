import type { Command } from 'commander'
import type { CliIo } from './io'
import type { ProjectReportFlags } from './report-project'
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
  const report = program
    .command('report')
    .enablePositionalOptions() // so that `verify` gets flags of the same names
    .description('Write the report of a project; `report verify` checks one against its recordings.')
    .argument('<project.vibralens>')
    .option('--format <format>', 'pdf, docx, html, json or csv (default: pdf)')
    .option('--out <file>', 'where it goes (default: beside the project)')
    .option('--backend <name>', 'tensorflow, wasm or cpu')
    .option('--lang <locale>', 'en or zh-CN')
  withReportWords(report).action(async (file: string, flags: ProjectReportFlags) => {
    const { reportProject } = await import('./report-project')
    end(await reportProject(file, flags, io))
  })
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
