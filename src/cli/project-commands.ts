import type { Command } from 'commander'
import type { ReadFlags } from './flag-values'
import type { CliIo } from './io'
import type { AnnotationFlags, ProjectFlags } from './project-command'

const langFlag = ['--lang <locale>', 'en or zh-CN'] as const
const formatFlag = '--format <name>'
const recordingFlag = ['--recording <name>', 'name or id of a recording of the project'] as const

export function addProjects(
  program: Command,
  io: CliIo,
  end: (exitCode: number) => void,
  withReading: (command: Command) => Command,
): void {
  const project = program.command('project').description('Case files (.vibralens): make one, show what is in it.')
  withReading(project.command('create').description('Make a project of recordings.'))
    .argument('<out.vibralens>')
    .argument('<recording...>')
    .action(async (out: string, files: string[], flags: ReadFlags) => {
      const { createProject } = await import('./project-command')
      end(await createProject(out, files, flags, io))
    })
  project
    .command('show')
    .description('Recordings, annotations, results, and what to look at before a report is sent.')
    .argument('<file.vibralens>')
    .option(...langFlag)
    .option('--json', 'as JSON on stdout')
    .action(async (file: string, flags: ProjectFlags) => {
      const { showProject } = await import('./project-command')
      end(await showProject(file, flags, io))
    })
  const annotations = program.command('annotations').description('Annotations of a project: export, import.')
  annotations
    .command('export')
    .argument('<file.vibralens>')
    .option(formatFlag, 'csv (default), json or audacity')
    .option(...recordingFlag)
    .option('--out <file>', 'write here instead of stdout')
    .action(async (file: string, flags: AnnotationFlags) => {
      const { exportAnnotationFile } = await import('./project-command')
      end(await exportAnnotationFile(file, flags, io))
    })
  annotations
    .command('import')
    .description('Add annotations of a file to a project and save it.')
    .argument('<file.vibralens>')
    .argument('<annotations>', 'CSV, JSON or labels of Audacity')
    .option(formatFlag, 'csv, json or audacity (default: by content)')
    .option(...recordingFlag)
    .option(...langFlag)
    .action(async (file: string, from: string, flags: AnnotationFlags) => {
      const { importAnnotationFile } = await import('./project-command')
      end(await importAnnotationFile(file, from, flags, io))
    })
}
