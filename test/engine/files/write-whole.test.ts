import { readFile } from 'node:fs/promises'
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { removeLeftovers, writeWhole } from '../../../src/engine/files/write-whole'
import { temporaryFolder } from '../../helpers/temporary-folder'

describe('writeWhole', () => {
  it('makes folders, keeps the mode, writes through a link, leaves nothing else', async () => {
    const folder = temporaryFolder()
    const file = join(folder, 'new', 'a.json')
    await writeWhole(file, 'one')
    chmodSync(file, 0o600)
    symlinkSync(file, join(folder, 'link.json'))
    await writeWhole(join(folder, 'link.json'), 'two')
    expect(readFileSync(file, 'utf8')).toBe('two')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(lstatSync(join(folder, 'link.json')).isSymbolicLink()).toBe(true)
    expect(readdirSync(join(folder, 'new'))).toEqual(['a.json'])
  })

  it('takes names as long as the file system does, in any script', async () => {
    const file = join(temporaryFolder(), `${'轴'.repeat(80)}.json`)
    await writeWhole(file, 'x')
    expect(readFileSync(file, 'utf8')).toBe('x')
  })

  it('what cannot be replaced stays, and no temporary file is left', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'a.json'))
    await expect(writeWhole(join(folder, 'a.json'), 'x')).rejects.toMatchObject({ code: 'EISDIR' })
    expect(readdirSync(folder)).toEqual(['a.json'])
  })

  it('a disk that fills up leaves the old file as it was (write-file-atomic 7 cuts it off and reports success)', async ({
    skip,
  }) => {
    const folder = temporaryFolder()
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder])
    skip(mounted.status !== 0, 'mounting a small disk needs root on Linux')
    try {
      const file = join(folder, 'a.json')
      writeFileSync(file, 'x'.repeat(300_000))
      await expect(writeWhole(file, 'y'.repeat(900_000))).rejects.toMatchObject({ code: 'ENOSPC' })
      expect(readFileSync(file, 'utf8')).toBe('x'.repeat(300_000))
      expect(readdirSync(folder)).toEqual(['a.json'])
    } finally {
      spawnSync('umount', [folder])
    }
  })

  it.skipIf(process.platform === 'win32')('writes into a pipe or device and leaves it what it is', async () => {
    const pipe = join(temporaryFolder(), 'pipe')
    expect(spawnSync('mkfifo', [pipe]).status).toBe(0)
    const read = readFile(pipe, 'utf8')
    await writeWhole(pipe, 'through')
    expect(await read).toBe('through')
    expect(statSync(pipe).isFIFO()).toBe(true)
  })
})

describe('removeLeftovers', () => {
  it('takes half-written files of this name away whose process is gone, and nothing else', async () => {
    const folder = temporaryFolder()
    const gone = '.a.json.4000000-0123abcd.vltmp'
    const others = [
      '.b.json.4000000-0123abcd.vltmp',
      `.a.json.${process.pid}-0123abcd.vltmp`,
      '.a.json.4000000-0123abcd.tmp',
      'a.json',
    ]
    for (const name of [gone, ...others]) writeFileSync(join(folder, name), '')
    await removeLeftovers(join(folder, 'a.json'))
    expect(readdirSync(folder).sort()).toEqual(others.toSorted())
    await removeLeftovers(join(folder, 'no', 'a.json'))
  })
})
