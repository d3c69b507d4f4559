import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runProgram } from '../../src/cli/program'
import { openRecordingFile } from '../../src/engine/readers/open-recording'
import { channelSpectrum } from '../../src/engine/analysis/channel-spectrum'
import { demoRecording } from '../../src/engine/training/synthetic/demo-recording'
import { writeWav } from '../../src/engine/training/wav-writer'
import { fakeIo } from '../helpers/fake-io'
import { temporaryFolder } from '../helpers/temporary-folder'

function ioIn(folder: string) {
  const userFolders = { config: join(folder, 'config'), data: join(folder, 'data') }
  const parts = {
    userFolders,
    openRecording: openRecordingFile,
    computeSpectrum: channelSpectrum,
  }
  return fakeIo(parts, { folder, isTerminal: false })
}

describe('bearings', () => {
  it('list names maker and source of each', async () => {
    const io = ioIn(temporaryFolder())
    expect(await runProgram(['bearings', 'list'], io)).toBe(0)
    expect(io.written.out).toMatch(
      /^cwru-6205-2rs {2}6205-2RS {2}SKF[^\n]*\n {4}source: Case Western Reserve University/,
    )
  })

  it('lines at a speed, in both languages and as JSON', async () => {
    const io = ioIn(temporaryFolder())
    const argv = ['bearings', 'lines', '6205-2RS', '--rpm', '1797', '--harmonics', '2']
    expect(await runProgram(argv, io)).toBe(0)
    expect(io.written.out).toContain('outer race (BPFO)  3.5848 ×  107.36, 214.73 Hz')
    expect(io.written.out).toContain('ball spall (2 × BSF)  4.7134 ×  141.17, 282.34 Hz')
    const chinese = ioIn(temporaryFolder())
    expect(await runProgram([...argv, '--lang', 'zh-CN', '--sample-rate', '300'], chinese)).toBe(0)
    expect(chinese.written.out).toContain('外圈 (BPFO)  3.5848 ×  107.36, 214.73 (高于采样率的一半) Hz')
    const json = ioIn(temporaryFolder())
    expect(await runProgram([...argv, '--json'], json)).toBe(0)
    expect(JSON.parse(json.written.out).lines).toHaveLength(5)
  })

  it('estimates are called so', async () => {
    const io = ioIn(temporaryFolder())
    expect(await runProgram(['bearings', 'lines', 'n=9', '--rpm', '1500'], io)).toBe(0)
    expect(io.written.out).toContain('estimated as 0.4 n and 0.6 n')
    expect(io.written.out).not.toContain('BSF')
  })

  it("import takes a table into the user's own, which are then known", async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'mine.csv'), 'designation;maker;n;d;D\n22218;FAG;20;17,5;125\n')
    const io = ioIn(folder)
    expect(await runProgram(['bearings', 'import', 'mine.csv'], io)).toBe(0)
    expect(io.written.out).toContain('user-22218-fag  22218  FAG  (own)')
    expect(await runProgram(['bearings', 'lines', '22218', '--rpm', '600'], ioIn(folder))).toBe(0)
  })

  it.each([
    [['bearings', 'lines', '6205-2RS'], '--rpm'],
    [['bearings', 'lines', '6205-2RS', '--rpm', '0'], '--rpm expects'],
    [['bearings', 'lines', '6205', '--rpm', '1500'], 'near it are 6205-2RS'],
    [['bearings', 'lines', '6205-2RS', '--rpm', '1500', '--ring', 'both'], 'inner, outer'],
    [['bearings', 'lines', '6205-2RS', '--rpm', '9e9'], '9000000000 rpm cannot be used'],
    [['bearings', 'lines', 'n=9,d=50,D=39', '--rpm', '1500'], 'do not fit'],
  ])('%j: exit 2, one sentence', async (argv, named) => {
    const io = ioIn(temporaryFolder())
    expect(await runProgram(argv, io)).toBe(2)
    expect(io.written.err).toMatch(/^vibralens: [^\n]+\.\n$/)
    expect(io.written.err).toContain(named)
  })
})

describe('spectrum --envelope', () => {
  const demo = demoRecording()
  const { sampleRateHz, description } = demo
  const grown = demo.samples.subarray(26 * sampleRateHz)
  const folderWithDemo = (): string => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'demo.wav'), writeWav(grown, { sampleRateHz, description }))
    return folder
  }

  it('auto: says the band that the kurtogram chose and the highest line, the outer race; CSV and picture beside it', async () => {
    const folder = folderWithDemo()
    const io = ioIn(folder)
    const argv = ['spectrum', 'demo.wav', '--unit', 'g', '--envelope', 'auto', '--kurtogram', 'k.png', '--out', 's.csv']
    expect(await runProgram(argv, io)).toBe(0)
    expect(io.written.err).toMatch(/the kurtogram chooses \d+ to \d+ Hz/)
    const highest = Number(/\n {2}([\d.]+) Hz, [\d.]+ dB/.exec(io.written.err)?.[1])
    expect(Math.abs(highest / demo.truth.lines.bpfo - 1)).toBeLessThan(0.02)
    expect(readFileSync(join(folder, 's.csv'), 'utf8')).toMatch(/^channel,frequency_hz,amplitude,unit\n/)
    expect(readFileSync(join(folder, 'k.png')).subarray(1, 4).toString()).toBe('PNG')
  })

  it('a band by hand: the same line', async () => {
    const io = ioIn(folderWithDemo())
    expect(await runProgram(['spectrum', 'demo.wav', '--envelope', '2500-5500'], io)).toBe(0)
    expect(io.written.err).toContain('envelope of 2500 to 5500 Hz, highest lines')
    expect(io.written.out).toMatch(/^channel,frequency_hz,amplitude,unit\n/)
  })

  it('--kurtogram without auto is refused', async () => {
    const io = ioIn(temporaryFolder())
    expect(await runProgram(['spectrum', 'demo.wav', '--kurtogram', 'k.png'], io)).toBe(2)
    expect(io.written.err).toContain('needs --envelope auto')
  })
})
