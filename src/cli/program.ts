import { Command, CommanderError } from 'commander'
import { AnalyzerError } from '../shared/errors'
import type { AnalyzeFlags } from './analyze-command'
import type { DemoFlags } from './demo-command'
import { exitCodeOf, exitCodes } from './exit-codes'
import type { ReadFlags } from './flag-values'
import type { InspectFlags } from './inspect-command'
import type { CliIo } from './io'
import type { ModelsFlags } from './models-command'
import type { ServeFlags } from './serve-command'
import { addProjects } from './project-commands'
import { addReports, withReportWords } from './report-commands'
import { addBearings } from './bearings-commands'
import type { SpectrumFlags } from './spectrum-command'
import type { BaselineFlags, EvaluateFlags, TrainFlags } from './training-commands'

/**
 * Runs one command line (without node and script) and answers its exit code; never throws. Commands are loaded when
 * they run: help must not wait for the engine.
 */
export async function runProgram(argv: readonly string[], io: CliIo): Promise<number> {
  let exitCode: number = exitCodes.done
  const program = buildProgram(io, (code) => (exitCode = code))
  try {
    if (argv.length === 0) {
      io.err(program.helpInformation())
      return exitCodes.badRequest
    }
    if (argv[0] === '--version' || argv[0] === '-V') {
      io.out(`${await io.programVersion()}\n`)
      return exitCodes.done
    }
    await program.parseAsync([...argv], { from: 'user' })
    return exitCode
  } catch (error) {
    return answerError(error, io)
  }
}

function answerError(error: unknown, io: CliIo): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.badRequest
  if (io.signal.aborted) {
    io.err('Cancelled.\n')
    return exitCodes.cancelled
  }
  if (error instanceof AnalyzerError) {
    io.err(`vibralens: ${error.message.replace(/\p{Cc}/gu, '?')}\n`)
    return exitCodeOf(error.code)
  }
  io.err('vibralens: Something went wrong inside VibraLens; this is a bug. Set VIBRALENS_DEBUG=1 to see where.\n')
  if (process.env['VIBRALENS_DEBUG'] === '1') io.err(`${error instanceof Error ? error.stack : String(error)}\n`)
  return exitCodes.internal
}

function buildProgram(io: CliIo, end: (exitCode: number) => void): Command {
  const program = new Command('vibralens')
  program
    .description('Offline analyzer for machine vibration: verdict, evidence and picture.')
    .option('-V, --version', 'print the version')
    .enablePositionalOptions() // flags belong to the command that they follow
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.out(text), writeErr: (text) => io.err(oneSentence(text)) })
    .showSuggestionAfterError(false)
  addAnalyze(program, io, end)
  addViews(program, io, end)
  addModels(program, io, end)
  addTraining(program, io, end)
  addServe(program, io, end)
  addReports(program, io, end)
  addBearings(program, io, end)
  addProjects(program, io, end, withReading)
  return program
}

/** 'error: unknown option …' as our own errors are written. */
function oneSentence(text: string): string {
  return text.replace(
    /^error: (.*)$/m,
    (_, sentence: string) => `vibralens: ${sentence[0].toUpperCase()}${sentence.slice(1)}.`,
  )
}

const every = (value: string, before: readonly string[] | undefined): readonly string[] => [...(before ?? []), value]

function withReading(command: Command): Command {
  return command
    .option('--sample-rate <hz>', 'sampling rate, where the file does not say it')
    .option('--unit <unit>', 'g, m/s2, mm/s or V, where the file does not say it')
    .option('--rpm <n>', 'shaft speed, revolutions a minute')
    .option('--delimiter <text>', 'text files: tab, comma, semicolon, space or the character itself')
    .option('--decimal <mark>', 'text files: . or ,')
    .option('--encoding <name>', 'text files: utf-8, utf-16le, gb18030 …')
    .option('--header-lines <n>', 'text files: lines before the numbers')
    .option('--time-column <column>', 'text files: name, index from 0, or none')
    .option('--variable <name>', 'MATLAB, NPZ: variable to read (repeatable)', every)
}

const backendFlag = [
  '--backend <name>',
  'tensorflow, wasm or cpu (default: the fastest that passes its check)',
] as const
const channelFlag = ['--channel <channel>', 'name, or number as listed by inspect (default: every channel)'] as const
const langFlag = ['--lang <locale>', 'en or zh-CN'] as const

function addAnalyze(program: Command, io: CliIo, end: (exitCode: number) => void): void {
  const command = withReading(
    program
      .command('analyze')
      .description('Judge recordings: verdict, probability, events, evidence.')
      .argument('<file...>'),
  )
    .option(...channelFlag)
    .option('--model <id>', 'model, or all (repeatable; default: the 1D model)', every)
    .option('--segment <seconds>', "length of a segment (default: the model's)")
    .option('--baseline <file>', 'baseline JSON, or a healthy recording of the same machine (repeatable)', every)
    .option('--bearing <name>', 'bearing, by name or as n=9,d=7.94,D=39.04,angle=0: names the damaged part')
    .option(...backendFlag)
    .option(...langFlag)
    .option('--json <out>', 'write the results as JSON; - for stdout')
    .option('--picture <out.png>', 'draw a picture of each channel')
    .option('--csv <out>', 'write segments and events as a table')
    .option('--report <out>', 'write a report: .pdf, .docx, .html, .json or .csv')
    .option('--fail-on-fault', 'exit with 10 when a fault is found')
  withReportWords(command).action(async (files: string[], flags: AnalyzeFlags) => {
    const { analyze } = await import('./analyze-command')
    end(await analyze(files, flags, io))
  })
  program
    .command('demo')
    .description('Make a recording of a synthetic machine, analyse it, and leave everything in ./vibralens-demo.')
    .option(...langFlag)
    .option(...backendFlag)
    .action(async (flags: DemoFlags) => {
      const { demo } = await import('./demo-command')
      end(await demo(flags, io))
    })
}

function addViews(program: Command, io: CliIo, end: (exitCode: number) => void): void {
  withReading(
    program
      .command('inspect')
      .description('Say what is in a file and how it is read: channels, rate, unit, data quality. No model.')
      .argument('<file>'),
  )
    .option(...langFlag)
    .option('--json', 'as JSON on stdout')
    .action(async (file: string, flags: InspectFlags) => {
      const { inspect } = await import('./inspect-command')
      end(await inspect(file, flags, io))
    })
  withReading(
    program
      .command('spectrum')
      .description('Amplitude spectrum, or envelope spectrum of a band, as CSV.')
      .argument('<file>'),
  )
    .option(...channelFlag)
    .option('--envelope <lo-hi>', 'band in Hz whose envelope is analysed; auto = chosen by the kurtogram')
    .option('--kurtogram <out.png>', 'with --envelope auto: a picture of how the band was chosen (first channel)')
    .option(...langFlag)
    .option('--out <file>', 'write here instead of stdout')
    .action(async (file: string, flags: SpectrumFlags & ReadFlags) => {
      const { spectrum } = await import('./spectrum-command')
      end(await spectrum(file, flags, io))
    })
}

function addModels(program: Command, io: CliIo, end: (exitCode: number) => void): void {
  const models = program.command('models').description('List, show and check models.')
  models
    .command('list')
    .option(...langFlag)
    .option('--json', 'as JSON on stdout')
    .action(async (flags: ModelsFlags) => {
      const { listModels } = await import('./models-command')
      end(await listModels(flags, io))
    })
  models
    .command('show')
    .argument('<id>')
    .action(async (id: string) => {
      const { showModel } = await import('./models-command')
      end(await showModel(id, io))
    })
  models
    .command('check')
    .argument('<folder>')
    .action(async (folder: string) => {
      const { checkModel } = await import('./models-command')
      end(await checkModel(folder, io))
    })
}

function addTraining(program: Command, io: CliIo, end: (exitCode: number) => void): void {
  program
    .command('train')
    .description('Train a model from a manifest of labelled recordings.')
    .argument('<manifest.csv>')
    .requiredOption('--arch <kind>', '1d or 2d')
    .requiredOption('--out <folder>', 'where the model goes')
    .option('--hold-out <machine>', 'keep this machine out of training')
    .option('--seed <n>', 'same seed, same weights on the same backend')
    .option(...backendFlag)
    .action(async (manifest: string, flags: TrainFlags) => {
      const { train } = await import('./training-commands')
      end(await train(manifest, flags, io))
    })
  program
    .command('evaluate')
    .description('Measure a model on labelled recordings, by machine and bearing, beside kurtosis and envelope.')
    .argument('<manifest.csv>')
    .requiredOption('--model <id>', 'model to measure')
    .option('--json <out>', 'write the report as JSON; - for stdout')
    .option(...backendFlag)
    .action(async (manifest: string, flags: EvaluateFlags) => {
      const { evaluate } = await import('./training-commands')
      end(await evaluate(manifest, flags, io))
    })
  withReading(
    program
      .command('baseline')
      .description('Learn the healthy level of one machine; analyze takes it by --baseline.')
      .argument('<file...>'),
  )
    .requiredOption('--out <baseline.json>', 'where the baseline goes')
    .option(...channelFlag)
    .option('--model <id>', 'model (default: the 1D model)')
    .option(...backendFlag)
    .action(async (files: string[], flags: BaselineFlags) => {
      const { baseline } = await import('./training-commands')
      end(await baseline(files, flags, io))
    })
}

function addServe(program: Command, io: CliIo, end: (exitCode: number) => void): void {
  program
    .command('serve')
    .description('Open the window in a browser on this machine; ends with Ctrl-C.')
    .argument('[file...]', 'recordings to open at once')
    .option('--port <n>', 'port on 127.0.0.1 (default: any free one)')
    .option('--root <folder>', 'folder whose files the page may list (repeatable)', every)
    .option('--open', "open the address in this machine's browser")
    .option(...langFlag)
    .action(async (files: string[], flags: ServeFlags) => {
      const { serve } = await import('./serve-command')
      end(await serve(files, flags, io))
    })
}
