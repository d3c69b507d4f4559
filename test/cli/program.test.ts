import { describe, expect, it } from 'vitest'
import { runProgram } from '../../src/cli/program'
import { AnalyzerError, errorCodes } from '../../src/shared/errors'
import { fakeIo } from '../helpers/fake-io'

const world = { folder: '/nowhere', isTerminal: false }

describe('help and version', () => {
  it('are results, and start no engine', async () => {
    const io = fakeIo({}, world)
    expect(await runProgram(['--help'], io)).toBe(0)
    expect(await runProgram(['analyze', '--help'], io)).toBe(0)
    expect(await runProgram(['--version'], io)).toBe(0)
    expect(io.written.out).toMatch(/analyze[\s\S]*--fail-on-fault[\s\S]*9\.9\.9\n$/)
    expect(io.written.err).toBe('')
    expect(io.isEngineStarted).toBe(false)
  })

  it('help goes to stderr when nothing was asked', async () => {
    const io = fakeIo({}, world)
    expect(await runProgram([], io)).toBe(2)
    expect(io.written.out).toBe('')
    expect(io.written.err).toContain('Usage: vibralens')
  })
})

describe('a mistake on the command line', () => {
  it.each([
    [['analyze', 'a.wav', '--nope'], '--nope'],
    [['analyze', 'a.wav', '--report', 'x.doc'], '.pdf, .docx'],
    [['analyze', 'a.wav', '--report', 'x.pdf', '--paper', 'a5'], 'a4, letter'],
    [['analyze', 'a.wav', '--report', 'x.pdf', '--report-date', '2026-02-30x'], '--report-date'],
    [['report', 'verify'], 'file.pdf'],
    [['analyze'], 'file'],
    [['analyse', 'a.wav'], 'analyse'],
    [['inspect', 'a.wav', 'b.wav'], 'arguments'],
    [['inspect', 'a.csv', '--sample-rate', 'fast'], 'fast'],
    [['inspect', 'a.csv', '--sample-rate', '-5'], '-5'],
    [['inspect', 'a.csv', '--decimal', ';'], '--decimal'],
    [['inspect', 'a.csv', '--header-lines', '1.5'], '1.5'],
    [['inspect', 'a.csv', '--header-lines', '-1'], '-1'],
    [['analyze', 'a.wav', '--backend', 'gpu'], 'tensorflow, wasm, cpu'],
    [['analyze', 'a.wav', '--lang', 'de'], 'zh-CN'],
    [['analyze', 'a.wav', '--segment', '0'], '--segment'],
    [['analyze', 'a.wav', '--channel', '0'], '--channel'],
    [['spectrum', 'a.wav', '--envelope', '5000-2000'], '5000-2000'],
    [['train', 'm.csv', '--out', 'x'], '--arch'],
    [['train', 'm.csv', '--arch', '3d', '--out', 'x'], '3d'],
    [['baseline', 'a.wav'], '--out'],
    [['models', 'shw'], 'shw'],
  ])('%j: exit 2, one sentence, no engine', async (argv, named) => {
    const io = fakeIo({}, world)
    expect(await runProgram(argv, io)).toBe(2)
    expect(io.written.out).toBe('')
    expect(io.written.err).toMatch(/^vibralens: [^\n]+\.\n$/)
    expect(io.written.err).toContain(named)
    expect(io.isEngineStarted).toBe(false)
  })
})

describe('exit codes', () => {
  const expected = {
    cancelled: 130,
    'bad-request': 2,
    'unreadable-file': 3,
    'unsupported-format': 3,
    'model-mismatch': 4,
    'backend-unavailable': 4,
    internal: 1,
  }

  it.each(errorCodes)('of %s', async (code) => {
    const io = fakeIo(
      {
        showModel: async () => {
          throw new AnalyzerError(code, 'It \u001b[31mfailed.')
        },
      },
      world,
    )
    expect(await runProgram(['models', 'show', 'x'], io)).toBe(expected[code])
    expect(io.written).toEqual({ out: '', err: 'vibralens: It ?[31mfailed.\n' })
  })

  it('of a bug: 1, a sentence, no stack', async () => {
    const io = fakeIo({ showModel: async () => Promise.reject(new TypeError('x is not a function')) }, world)
    expect(await runProgram(['models', 'show', 'x'], io)).toBe(1)
    expect(io.written.err).toMatch(/^vibralens: Something went wrong inside VibraLens[^\n]*\n$/)
  })
})

describe('models', () => {
  const check = { id: 'bearing-1d', selfTest: { wasm: 1.2e-6 } }

  it('list says what there is', async () => {
    const summary = { en: 'Small.', 'zh-CN': '小。' }
    const model = {
      id: 'bearing-1d',
      version: '1.0.0',
      kind: '1d',
      sampleRateHz: 12_000,
      isDefault: true,
      summary,
    } as const
    const io = fakeIo({ listModels: async () => [model] }, world)
    expect(await runProgram(['models', 'list', '--lang', 'zh-CN'], io)).toBe(0)
    expect(io.written.out).toMatch(/bearing-1d.*1\.0\.0.*12000 Hz.*\n.*小。/)
    expect(await runProgram(['models', 'list', '--json'], fakeIo({}, world))).toBe(0)
  })

  it('check exits 4 for a model that is not valid', async () => {
    const bad = fakeIo(
      { checkModel: async () => ({ ...check, isValid: false, problems: ['model.json differs.'] }) },
      world,
    )
    expect(await runProgram(['models', 'check', 'folder'], bad)).toBe(4)
    expect(bad.written.out).toContain('model.json differs.')
    const good = fakeIo({ checkModel: async () => ({ ...check, isValid: true, problems: [] }) }, world)
    expect(await runProgram(['models', 'check', 'folder'], good)).toBe(0)
  })
})
