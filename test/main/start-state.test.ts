import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { RecentFiles } from '../../src/main/recent-files'
import { startFilesOf } from '../../src/main/start-arguments'
import { readStateFile, writeStateFile } from '../../src/main/state-file'
import { placeWindow, windowStateSchema } from '../../src/main/window-state'
import { temporaryFolder } from '../helpers/temporary-folder'

describe('files of a start', () => {
  it('are arguments that are there, from the folder of the start, without switches', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'a.wav'), '')
    mkdirSync(join(folder, 'set'))
    const words = ['a.wav', '--enable-features=x', 'missing.wav', 'set']
    const expected = [join(folder, 'a.wav'), join(folder, 'set')]
    expect(startFilesOf(['vibralens', ...words], folder, true)).toEqual(expected)
    expect(startFilesOf(['electron', '.', ...words], folder, false)).toEqual(expected)
  })
})

describe('recent files', () => {
  it('are the last ten, newest first, none twice, kept over starts', () => {
    const path = join(temporaryFolder(), 'recent.json')
    const recent = new RecentFiles(path)
    recent.add(Array.from({ length: 9 }, (_, index) => `/${index}`))
    recent.add(['/b', '/3'])
    expect(recent.list()).toEqual(['/b', '/3', '/0', '/1', '/2', '/4', '/5', '/6', '/7', '/8'])
    expect(new RecentFiles(path).list()).toEqual(recent.list())
    recent.clear()
    expect(new RecentFiles(path).list()).toEqual([])
  })

  it.each(['', '{', '{"a":1}', '[1]'])('begin empty from a broken file: %j', (text) => {
    const path = join(temporaryFolder(), 'recent.json')
    writeFileSync(path, text)
    expect(new RecentFiles(path).list()).toEqual([])
  })

  it('that cannot be kept are no error', () => {
    const path = join(temporaryFolder(), 'no such folder', 'recent.json')
    const recent = new RecentFiles(path)
    recent.add(['/a'])
    expect(recent.list()).toEqual(['/a'])
  })
})

describe('the window', () => {
  const screens = [
    { x: 0, y: 0, width: 1920, height: 1040 },
    { x: 1920, y: 0, width: 1280, height: 1024 },
  ]
  const saved = { x: 2000, y: 10, width: 1100, height: 700, isMaximized: false }

  it('comes back where it was', () => {
    expect(placeWindow(saved, screens)).toEqual({ x: 2000, y: 10, width: 1100, height: 700 })
  })

  it.each([
    ['its screen is gone', saved, [screens[0]]],
    ['only its edge would be seen', { ...saved, x: 3190 }, screens],
    ['its title bar would be above the screen', { ...saved, y: -700 }, screens],
  ])('comes where the system puts it when %s', (_, state, there) => {
    expect(placeWindow(state, there)).toEqual({ width: 1100, height: 700 })
  })

  it('is never larger than its screen, nor smaller than its least', () => {
    expect(placeWindow(undefined, [{ x: 0, y: 0, width: 1280, height: 680 }])).toEqual({ width: 1280, height: 680 })
    expect(placeWindow({ ...saved, x: 5, width: 9000, height: 20 }, screens)).toMatchObject({
      width: 1920,
      height: 600,
    })
  })

  it('forgets what is no state', () => {
    const path = join(temporaryFolder(), 'window.json')
    expect(readStateFile(path, windowStateSchema)).toBeUndefined()
    writeStateFile(path, { ...saved, width: -1 })
    expect(readStateFile(path, windowStateSchema)).toBeUndefined()
    writeStateFile(path, saved)
    expect(readStateFile(path, windowStateSchema)).toEqual(saved)
    expect(readFileSync(path, 'utf8').endsWith('\n')).toBe(true)
  })
})
