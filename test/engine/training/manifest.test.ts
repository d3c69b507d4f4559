import { describe, expect, it } from 'vitest'
import { parseManifest, readManifest } from '../../../src/engine/training/manifest'

const header = 'path,machine,bearing,operating_point,label,sample_rate_hz,colour\n'

describe('manifest', () => {
  it('takes quoted cells, CRLF, a BOM and unknown columns; paths start at its folder', () => {
    const [entry] = parseManifest(`\uFEFF${header}"a, b.wav",m,b1,"1 ""x"", y",-1,12000,red\r\n`, '/data')
    expect(entry).toMatchObject({ filePath: '/data/a, b.wav', operatingPoint: '1 "x", y', label: -1, row: 2 })
    expect(entry.sampleRateHz).toBe(12_000)
    expect(entry.bearingFault).toBe('none')
  })

  it.each([
    ['no groups', 'path,label\nx.wav,1\n', 'machine, bearing'],
    ['nothing', '', 'path, machine, bearing, label'],
    ['a header alone', header, 'no recordings'],
    ['an empty bearing', `${header}x.wav,m,,,1,,\n`, 'Row 2 of the manifest has no bearing'],
    ['an unknown label', `${header}x.wav,m,b,,0,,\n`, 'label "0"'],
    ['a bad rate', `${header}x.wav,m,b,,1,fast,\n`, 'sample_rate_hz "fast"'],
    ['a missing cell', `${header}x.wav,m,b,,1\n`, 'Row 2 of the manifest has 5 cells'],
    ['the same file twice', `${header}x.wav,m,b,,1,,\n\nx.wav,m,c,,1,,\n`, 'Row 4 of the manifest lists'],
    ['an open quote', `${header}"x.wav,m,b,,1,,\n`, 'never closed'],
  ])('%s is refused in one sentence', (_, text, words) => {
    expect(() => parseManifest(text, '/data')).toThrowError(
      expect.objectContaining({ code: 'bad-request', message: expect.stringContaining(words) as string }),
    )
  })

  it('a missing file is unreadable', async () => {
    await expect(readManifest('/nowhere/manifest.csv')).rejects.toMatchObject({ code: 'unreadable-file' })
  })
})
