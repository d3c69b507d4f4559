import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { runProgram } from '../../src/cli/program'
import type { OpenAnalysis } from '../../src/engine/analysis/outcome'
import type { AnalyzeRequest, EngineParts } from '../../src/engine/engine-parts'
import { analysisFileSchema } from '../../src/shared/analysis'
import { AnalyzerError } from '../../src/shared/errors'
import { buildResult } from '../builders/analysis-builder'
import { buildDiagnosis } from '../builders/diagnosis-builder'
import { chartsOfPicture } from '../builders/charts-builder'
import { buildPicture } from '../builders/picture-builder'
import { fakeIo } from '../helpers/fake-io'

const folder = mkdtempSync(join(tmpdir(), 'vibralens-cli-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const world = { folder, isTerminal: false }

const sketch = { probabilities: [0.9, 0.95, 0.9], durationSeconds: 3, segmentSeconds: 1 }
const fault = buildResult({ ...sketch, verdict: 'fault' })
const healthy = buildResult({ ...sketch, verdict: 'healthy', probabilities: [0.1, 0.1, 0.1] })
const picture = buildPicture({ result: fault, hasMap: false, impactEvidence: 3, restEvidence: 0 })

function outcome(given: Partial<OpenAnalysis>): OpenAnalysis {
  return { results: [fault], charts: [], close: async () => undefined, ...given }
}

/** Analyses by name: 'broken' is unreadable, 'fine' is healthy, the rest has a fault. */
const analyze: EngineParts['analyze'] = async (path, _request, job) => {
  job.report('infer', 5, 10)
  if (path.includes('broken')) throw new AnalyzerError('unreadable-file', '"broken.wav" is empty.')
  return outcome({ results: [path.includes('fine') ? healthy : fault] })
}

describe('analyze', () => {
  it('prints the verdict on stdout, nothing on stderr, and exits 0 though there is a fault', async () => {
    const io = fakeIo({ analyze }, world)
    expect(await runProgram(['analyze', 'pump.wav'], io)).toBe(0)
    expect(io.written.err).toBe('')
    expect(io.written.out).toMatch(/^pump\.wav\n {2}Channel X097_DE_time {3}FAULT {3}probability 0\.92\n/)
    expect(io.written.out).toContain('RMS 1.27 m/s2, peak 14.3 m/s2')
  })

  it('speaks Chinese', async () => {
    const io = fakeIo({ analyze }, world)
    await runProgram(['analyze', 'pump.wav', '--lang', 'zh-CN'], io)
    expect(io.written.out).toContain('故障')
  })

  it('--json - is JSON of the schema and nothing else', async () => {
    const io = fakeIo({ analyze }, world)
    expect(await runProgram(['analyze', 'a.wav', 'fine.wav', '--json', '-'], io)).toBe(0)
    const results = analysisFileSchema.parse(JSON.parse(io.written.out))
    expect(results.map(({ verdict }) => verdict)).toEqual(['fault', 'healthy'])
  })

  it('says what both witnesses say, in three lines', async () => {
    const withDiagnosis = { ...fault, diagnosis: buildDiagnosis() }
    const io = fakeIo({ analyze: async () => outcome({ results: [withDiagnosis] }) }, world)
    expect(await runProgram(['analyze', 'pump.wav', '--rpm', '1796', '--bearing', '6205-2RS'], io)).toBe(0)
    expect(io.written.out).toContain('Second witness (envelope): Fault: outer race.')
    expect(io.written.out).toContain('Beat of the evidence: repeats at 107.3 Hz')
    expect(io.written.out).toContain('Together: Both agree.')
  })

  it('passes every flag on, counting channels from 1', async () => {
    let asked: AnalyzeRequest | undefined
    const io = fakeIo(
      {
        analyze: async (_path, request) => {
          asked = request
          return outcome({})
        },
      },
      world,
    )
    const words =
      'analyze a.csv --channel 2 --model m1 --model m2 --sample-rate 12800 --unit g --rpm 1500 --segment 0.5 --backend cpu ' +
      '--baseline h1.wav --baseline h2.wav --lang zh-CN --delimiter tab --decimal , --encoding gb18030 --header-lines 3 ' +
      '--time-column 0 --variable DE --bearing n=9'
    expect(await runProgram(words.split(' '), io)).toBe(0)
    expect(asked).toEqual({
      channel: 1,
      models: ['m1', 'm2'],
      segmentSeconds: 0.5,
      backend: 'cpu',
      baseline: [join(folder, 'h1.wav'), join(folder, 'h2.wav')],
      bearing: 'n=9',
      locale: 'zh-CN',
      read: {
        sampleRateHz: 12_800,
        unit: 'g',
        shaftSpeedRpm: 1500,
        variables: ['DE'],
        text: { delimiter: '\t', decimal: ',', encoding: 'gb18030', headerLines: 3, timeColumn: 0 },
      },
    })
  })

  it('a file that fails does not stop the others: message, what is finished, its exit code', async () => {
    const io = fakeIo({ analyze }, world)
    const code = await runProgram(['analyze', 'fine.wav', 'broken.wav', 'a.wav', '--json', 'three.json'], io)
    expect(code).toBe(3)
    expect(io.written.err).toBe(
      'vibralens: broken.wav: "broken.wav" is empty.\nWrote three.json\n1 of 3 files could not be analysed.\n',
    )
    expect(JSON.parse(readFileSync(join(folder, 'three.json'), 'utf8'))).toHaveLength(2)
  })

  it.each([
    [['a.wav'], 10],
    [['fine.wav'], 0],
    [['broken.wav', 'a.wav'], 10],
    [['broken.wav', 'fine.wav'], 3],
  ])('--fail-on-fault with %j exits %d', async (files, code) => {
    expect(await runProgram(['analyze', ...files, '--fail-on-fault'], fakeIo({ analyze }, world))).toBe(code)
  })

  it('--csv writes one table of every file', async () => {
    const io = fakeIo({ analyze }, world)
    expect(await runProgram(['analyze', 'a.wav', 'fine.wav', '--csv', 'sub/table.csv'], io)).toBe(0)
    expect(readFileSync(join(folder, 'sub/table.csv'), 'utf8').split('\n')).toHaveLength(1 + 3 + 1 + 3 + 1)
    expect(io.written.err).toBe('Wrote sub/table.csv\n')
  })

  it('--picture writes one PNG a channel, named apart', async () => {
    const charts = [chartsOfPicture(picture), chartsOfPicture(picture)]
    const io = fakeIo({ analyze: async () => outcome({ charts }) }, world)
    expect(await runProgram(['analyze', 'pump 1.wav', '--picture', 'pictures/out.png'], io)).toBe(0)
    expect(readdirSync(join(folder, 'pictures')).sort()).toEqual(['out-pump_1-2.png', 'out-pump_1-X097_DE_time.png'])
  })

  it('an output that cannot be written exits 2 with a sentence', async () => {
    const io = fakeIo({ analyze }, world)
    expect(await runProgram(['analyze', 'a.wav', '--json', '.'], io)).toBe(2)
    expect(io.written.err).toMatch(/^vibralens: "\." cannot be written \([^\n]*\)\.\n$/)
  })

  it('Ctrl-C keeps what is finished and exits 130', async () => {
    const io = fakeIo(
      {
        analyze: (path, _request, job) =>
          path.includes('slow')
            ? new Promise((_, reject) => {
                job.signal.addEventListener('abort', () => reject(new Error('torn')))
                io.controller.abort()
              })
            : Promise.resolve(outcome({})),
      },
      world,
    )
    expect(await runProgram(['analyze', 'a.wav', 'slow.wav', 'b.wav', '--json', 'cut.json'], io)).toBe(130)
    expect(JSON.parse(readFileSync(join(folder, 'cut.json'), 'utf8'))).toHaveLength(1)
    expect(io.written.err).toContain('Cancelled; what was finished is kept.')
  })
})

describe('progress', () => {
  it('is one line that goes again, on a terminal only', async () => {
    const io = fakeIo({ analyze }, { folder, isTerminal: true })
    await runProgram(['analyze', 'a.wav'], io)
    expect(io.written.err).toBe('\r\u001b[KLooking for the fault 50 %\r\u001b[K')
  })
})
