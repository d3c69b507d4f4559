import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { projectDocumentSchema } from '../../../src/shared/project/project-document'
import { createRandom } from '../../../src/shared/random'
import { buildRecording } from '../../builders/project-builder'
import { openShelf } from '../../builders/project-shelf'

const folder = mkdtempSync(join(tmpdir(), 'vibralens-kill-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const child = resolve('node_modules/.cache', `killed-child-${process.pid}.mjs`)
afterAll(() => rmSync(child, { force: true }))

beforeAll(async () => {
  const bundle = await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      ssr: resolve('test/helpers/killed-child.ts'),
      write: false,
      minify: false,
      rollupOptions: { output: { format: 'es', codeSplitting: false } },
    },
    ssr: { noExternal: true },
  })
  if (!('output' in bundle)) throw new Error('vite has not built one bundle')
  writeFileSync(child, bundle.output[0].code)
})

/** What the child said: done for sure, and begun last. */
interface Said {
  readonly acknowledged: ReadonlySet<string>
  readonly possible: ReadonlySet<string>
  readonly ackCount: number
}

function replay(words: string, before: ReadonlySet<string>): Said {
  const lines = words.split('\n').slice(0, -1)
  const apply = (set: Set<string>, line: string): void => {
    const [, what, text] = line.split(' ')
    if (what === 'add') set.add(text)
    else set.delete(text)
  }
  const acks = lines.filter((line) => line.startsWith('ack'))
  const acknowledged = new Set(before)
  for (const line of acks) apply(acknowledged, line)
  const possible = new Set(acknowledged)
  const last = lines.at(-1)
  if (last?.startsWith('try') === true) apply(possible, last)
  return { acknowledged, possible, ackCount: acks.length }
}

/** Runs the child and kills it `afterReady` or `afterStart` milliseconds later; answers what it said. */
async function killOnce(
  userFolder: string,
  place: string,
  seed: string,
  delay: { readonly from: string; readonly ms: number },
) {
  const running = spawn(process.execPath, [child, userFolder, place, seed], { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  let complaint = ''
  const kill = (): void => void setTimeout(() => running.kill('SIGKILL'), delay.ms)
  running.stdout.on('data', (part: Buffer) => {
    if (said === '' && delay.from === 'ready') kill()
    said += part.toString()
  })
  running.stderr.on('data', (part: Buffer) => (complaint += part.toString()))
  if (delay.from === 'start') kill()
  const signal = await new Promise((ended) => running.on('close', (_code, by) => ended(by)))
  expect([complaint, signal]).toEqual(['', 'SIGKILL'])
  return said
}

const texts = (all: readonly { readonly text: string }[]): string[] => all.map(({ text }) => text).sort()

async function makeProject(name: string, kind: 'named' | 'unsaved') {
  const userFolder = join(folder, name)
  const start = openShelf(userFolder)
  const { project } = await start.shelf.create()
  const recordings = [{ recording: buildRecording({ file: { ...buildRecording().file, path: '/nowhere/pump.wav' } }) }]
  const first = start.shelf.get(project).project
  await first.edit({ type: 'recordings.add', entries: recordings, annotations: [], results: [] })
  const file = join(userFolder, 'case.vibralens')
  if (kind === 'named') await start.shelf.saveAs(project, file)
  await start.shelf.dispose()
  return { userFolder, file, projectId: first.document.projectId }
}

async function killAndReopen(name: string, kind: 'named' | 'unsaved', count: number): Promise<number> {
  const { userFolder, file, projectId } = await makeProject(name, kind)
  const place = kind === 'named' ? file : `unsaved:${projectId}`
  const random = createRandom(name)
  let expected: ReadonlySet<string> = new Set()
  let ackCount = 0
  for (let round = 0; round < count; round++) {
    const delay =
      round % 5 === 4 ? { from: 'start', ms: random.integer(250) } : { from: 'ready', ms: random.integer(60) }
    const said = replay(await killOnce(userFolder, place, `${name}-${round}`, delay), expected)
    ackCount += said.ackCount
    if (kind === 'named') {
      expect(projectDocumentSchema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).error).toBeUndefined()
    }
    const { shelf, signal } = openShelf(userFolder)
    const state = kind === 'named' ? await shelf.open(file, 'edit', signal) : await shelf.openUnsaved(projectId, signal)
    expect(state.flags.readOnlyReason).toBeUndefined() // the lock of the dead is stale
    expect(state.flags.notices.map(({ code }) => code)).not.toContain('journal-damaged')
    const there = texts(state.document.annotations)
    expect([[...said.acknowledged].sort(), [...said.possible].sort()]).toContainEqual(there)
    expected = new Set(there)
    await shelf.dispose()
    const left = readdirSync(userFolder).filter((each) => each.endsWith('.vltmp'))
    expect(left, 'half-written files are cleared away').toEqual([])
  }
  return ackCount
}

describe('kill -9, a hundred times', () => {
  it('loses no edit that was answered, and leaves a file that opens', async () => {
    const counts = await Promise.all([
      killAndReopen('one', 'named', 40),
      killAndReopen('two', 'named', 30),
      killAndReopen('three', 'unsaved', 30),
    ])
    expect(Math.min(...counts)).toBeGreaterThan(60) // or the kills came too early to prove anything
  }, 120_000)

  it('while it lives another program may only read, and is told by whom', async () => {
    const { userFolder, file } = await makeProject('four', 'named')
    const running = spawn(process.execPath, [child, userFolder, file, 'four'], { stdio: ['ignore', 'pipe', 'inherit'] })
    await new Promise((ready) => running.stdout.once('data', ready))
    const { shelf, signal } = openShelf(userFolder)
    const { flags } = await shelf.open(file, 'edit', signal)
    expect(flags.readOnlyReason).toContain(`process ${running.pid} on`)
    const ended = new Promise((done) => running.on('close', done))
    running.kill('SIGKILL')
    await ended
    await shelf.dispose()
    const again = openShelf(userFolder)
    expect((await again.shelf.open(file, 'edit', again.signal)).flags.readOnlyReason).toBeUndefined()
    await again.shelf.dispose()
  })

  it('the check itself notices an edit that is lost', () => {
    const said = replay('ready\ntry add a\nack add a\ntry add b\n', new Set(['z']))
    expect([...said.acknowledged]).toEqual(['z', 'a'])
    expect([...said.possible]).toEqual(['z', 'a', 'b'])
  })
})
