import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isLikelyRecording } from '../../src/shared/recording-names'
import { GrantedFiles } from '../../src/shell/granted-files'
import { listRecordings } from '../../src/shell/walk-folder'

let folder: string
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'vibralens-walk-'))))
afterEach(() => rm(folder, { recursive: true, force: true }))

const put = async (name: string): Promise<void> => {
  await mkdir(join(folder, name, '..'), { recursive: true })
  await writeFile(join(folder, name), '1\n')
}

describe('recordings of a folder', () => {
  it('are found at any depth, in reading order, without links, hidden folders and other files', async () => {
    for (const name of ['run 10.csv', 'run 2.csv', 'a/b/2003.10.22.12.06.24', 'README.md', '.git/x.csv', 'p.png']) {
      await put(name)
    }
    await symlink(folder, join(folder, 'loop'))
    const found = (await listRecordings(folder)).map((path) => relative(folder, path).replaceAll('\\', '/'))
    expect(found).toEqual(['a/b/2003.10.22.12.06.24', 'run 2.csv', 'run 10.csv'])
  })

  it.each([
    ['97.mat', true],
    ['x.WAV', true],
    ['no ending', true],
    ['测点.npz', true],
    ['report.PDF', false],
    ['.hidden', false],
    ['~$book.csv', false],
    ['README', false],
  ])('%s: %s', (name, is) => expect(isLikelyRecording(name)).toBe(is))
})

describe('granted files', () => {
  it('are found by handles that are hard to guess, and by nothing else', async () => {
    await put('a.csv')
    const granted = new GrantedFiles()
    const { handle, name, bytes } = await granted.grant(join(folder, 'a.csv'))
    expect({ name, bytes, path: granted.resolve(handle) }).toEqual({
      name: 'a.csv',
      bytes: 2,
      path: join(folder, 'a.csv'),
    })
    expect(handle).toMatch(/^[\da-f]{8}-[\da-f]{4}-4/)
    expect(() => granted.resolve(join(folder, 'a.csv'))).toThrow(/not opened by the user/)
    expect(() => granted.resolveTarget(handle)).toThrow(/not chosen for saving/)
  })

  it('must be there', async () => {
    await expect(new GrantedFiles().grant(join(folder, 'none.csv'))).rejects.toThrow(/"none.csv" cannot be read/)
  })
})
