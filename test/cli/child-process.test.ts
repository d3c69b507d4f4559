import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeWav } from '../../src/engine/training/wav-writer'

const script = resolve('scripts/vibralens.mjs')
const folder = mkdtempSync(join(tmpdir(), 'vibralens-child-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const run = (...words: string[]) =>
  spawnSync(process.execPath, [script, ...words], { cwd: folder, encoding: 'utf8', timeout: 60_000 })

beforeAll(() => {
  run('--version') // builds, where the sources are newer
  const samples = Float32Array.from({ length: 20_000 }, (_, i) => Math.sin(i / 3) + 0.1 * Math.sin(i * i))
  writeFileSync(join(folder, 'good.wav'), writeWav(samples, { sampleRateHz: 20_000, description: '' }))
  writeFileSync(join(folder, 'empty.wav'), '')
})

describe('the command line as a process', () => {
  it('help is on stdout alone and starts no engine: a few times a bare start of Node (0.13 s where that is 0.04 s)', () => {
    const secondsOf = (start: () => void): number => {
      const began = performance.now()
      start()
      return (performance.now() - began) / 1000
    }
    // the best of three, as a ratio: other tests run beside this one
    const bare = [0, 1, 2].map(() => secondsOf(() => spawnSync(process.execPath, ['-e', '0'])))
    const help = [0, 1, 2].map(() =>
      secondsOf(() => {
        const { status, stdout, stderr } = run('--help')
        expect([status, stderr]).toEqual([0, ''])
        expect(stdout).toContain('analyze')
      }),
    )
    expect(Math.min(...help) / Math.min(...bare)).toBeLessThan(8)
  })

  it('inspect: words on stdout, nothing on stderr, 0', () => {
    const { status, stdout, stderr } = run('inspect', 'good.wav')
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/good\.wav[\s\S]*20000 Hz/)
  })

  it('spectrum: a table whose highest line is the tone', () => {
    const { status, stdout } = run('spectrum', 'good.wav')
    expect(status).toBe(0)
    const rows = stdout
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','))
    const highest = rows.reduce((best, row) => (Number(row[2]) > Number(best[2]) ? row : best))
    expect(Math.abs(Number(highest[1]) - 20_000 / (6 * Math.PI))).toBeLessThan(5)
  })

  it.each([
    [['inspect', 'nowhere.wav'], 3],
    [['inspect', 'empty.wav'], 3],
    [['inspect', 'good.wav', '--nope'], 2],
    [['models', 'show', 'no-such-model'], 4],
  ])('%j exits %d with one sentence on stderr', (words, code) => {
    const { status, stdout, stderr } = run(...words)
    expect([status, stdout]).toEqual([code, ''])
    expect(stderr).toMatch(/^vibralens: [^\n]+\n$/)
  })

  it('a reader that goes away is no error', async () => {
    const child = spawn(process.execPath, [script, 'spectrum', 'good.wav'], { cwd: folder })
    child.stdout.destroy()
    let words = ''
    child.stderr.on('data', (part: Buffer) => (words += part.toString()))
    const code = await new Promise((ended) => child.on('close', ended))
    expect([code, words]).toEqual([0, ''])
  })
})
