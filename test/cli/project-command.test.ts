import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runProgram } from '../../src/cli/program'
import { openRecordingFile } from '../../src/engine/readers/open-recording'
import type { ProjectDocument } from '../../src/shared/project/project-document'
import { writeRecording } from '../builders/project-world'
import { fakeIo } from '../helpers/fake-io'
import { temporaryFolder } from '../helpers/temporary-folder'

async function run(folder: string, ...words: string[]) {
  const userFolders = { config: join(folder, 'config'), data: join(folder, 'user') }
  const io = fakeIo({ openRecording: openRecordingFile, userFolders }, { folder, isTerminal: false })
  const code = await runProgram(words, io)
  await (await io.engine()).dispose()
  return { code, ...io.written }
}

async function madeProject(): Promise<string> {
  const folder = temporaryFolder()
  writeRecording(join(folder, 'pump.wav'))
  writeRecording(join(folder, 'fan.wav'), 2)
  const { code, err } = await run(folder, 'project', 'create', 'case.vibralens', 'pump.wav', 'fan.wav')
  expect([code, err]).toEqual([0, ''])
  return folder
}

describe('project and annotations', () => {
  it('make a project, import into it, show it, export from it', async () => {
    const folder = await madeProject()
    writeFileSync(join(folder, 'labels.txt'), '0.100000\t0.500000\tfault/outer-race: 磨损\n\\\t100\t200\n1.0\t1.0\tx\n')
    const imported = await run(
      folder,
      'annotations',
      'import',
      'case.vibralens',
      'labels.txt',
      '--recording',
      'fan.wav',
    )
    expect([imported.code, imported.out, imported.err]).toEqual([0, '', 'Added 2 annotations, 0 were there already.\n'])
    expect(existsSync(join(folder, 'case.vibralens.lock'))).toBe(false)

    const shown = await run(folder, 'project', 'show', 'case.vibralens')
    expect([shown.code, shown.err]).toEqual([0, ''])
    expect(shown.out).toMatch(/^case\.vibralens {2}revision 2, saved 20/)
    expect(shown.out).toMatch(/pump\.wav {2}found\n.*sampling rate: 1000 Hz \(from the file\).*Speed: unknown/)
    expect(shown.out).toMatch(/Annotations: 2\n {4}fault: 1\n {4}note: 1\n/)
    expect(shown.out).toMatch(/Before sending:\n {4}pump\.wav: the unit is unknown/)
    expect((await run(folder, 'project', 'show', 'case.vibralens', '--lang', 'zh-CN')).out).toMatch(/标注：2/)

    const csv = await run(folder, 'annotations', 'export', 'case.vibralens')
    expect(csv.out.trim().split('\n')).toHaveLength(3)
    const out = ['--format', 'audacity', '--out', 'again.txt']
    expect((await run(folder, 'annotations', 'export', 'case.vibralens', ...out)).code).toBe(0)
    expect(readFileSync(join(folder, 'again.txt'), 'utf8')).toMatch(
      /^0\.100000\t0\.500000\tfault\/outer-race: 磨损\n\\\t/,
    )
  })

  it('shows everything as JSON', async () => {
    const folder = await madeProject()
    const { out } = await run(folder, 'project', 'show', 'case.vibralens', '--json')
    const shown = JSON.parse(out) as { document: ProjectDocument; recordings: unknown[]; checklist: unknown[] }
    expect(shown.document.recordings.map(({ file }) => file.path)).toEqual(['pump.wav', 'fan.wav'])
    expect([shown.recordings.length, shown.checklist.length]).toEqual([2, 6])
  })

  it.each([
    [['project', 'show', 'nowhere.vibralens'], 3, /does not exist/],
    [['project', 'create', 'case.vibralens', 'pump.wav'], 2, /is there already/],
    [['annotations', 'export', 'case.vibralens', '--format', 'xml'], 2, /"xml" is none of csv, json, audacity/],
    [['annotations', 'export', 'case.vibralens', '--recording', 'no.wav'], 2, /There are: pump\.wav, fan\.wav/],
    [['annotations', 'import', 'case.vibralens', 'bad.csv'], 3, /"bad\.csv", line 2: The kind "x"/],
  ])('%j exits %d with one sentence, and the project is as it was', async (words, exitCode, sentence) => {
    const folder = await madeProject()
    writeFileSync(join(folder, 'bad.csv'), 'kind,start_sample\nx,1\n')
    const before = readFileSync(join(folder, 'case.vibralens'), 'utf8')
    const { code, out, err } = await run(folder, ...words)
    expect([code, out]).toEqual([exitCode, ''])
    expect(err).toMatch(sentence)
    expect(err).toMatch(/^vibralens: [^\n]+\n$/)
    expect(readFileSync(join(folder, 'case.vibralens'), 'utf8')).toBe(before)
  })
})
