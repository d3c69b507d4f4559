import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PNG } from 'pngjs'
import { afterAll, describe, expect, it } from 'vitest'
import type { OpenAnalysis } from '../../../src/engine/analysis/outcome'
import type { AnalyzeRequest, EngineParts } from '../../../src/engine/engine-parts'
import { createEngineOf } from '../../../src/engine/index'
import { hashSource, openFileSource } from '../../../src/engine/readers/byte-source'
import type { AnalysisResult } from '../../../src/shared/analysis'
import { EngineClient } from '../../../src/shared/contract/engine-client'
import { views } from '../../../src/shared/contract/report-requests'
import type { RequestInput } from '../../../src/shared/contract/requests'
import { chartsOfPicture } from '../../builders/charts-builder'
import { fakeParts } from '../../builders/fake-parts'
import { buildPicture } from '../../builders/picture-builder'
import { resultOf, signal } from '../../builders/report-builder'

const folder = mkdtempSync(join(tmpdir(), 'vibralens-requests-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const recording = join(folder, 'pump.wav')
writeFileSync(recording, 'the content of a recording')
const source = await openFileSource(recording)
const sha256 = await hashSource(source, signal)
await source.close()

const file = { name: 'pump.wav', sha256, format: 'wav', bytes: 26 }
const analysisInput: RequestInput<'analysis.start'> = {
  file: recording,
  read: { unit: 'g' },
  models: [],
  bearing: '6205-2RS',
  baseline: [],
  locale: 'en',
}
const reportInput = { locale: 'en', date: '2026-11-24' } as const

function outcome(result: AnalysisResult): OpenAnalysis {
  const picture = buildPicture({ result, hasMap: true, impactEvidence: 3, restEvidence: -0.5 })
  return { results: [result], charts: [chartsOfPicture(picture)], close: async () => undefined }
}

function clientOf(parts: Partial<EngineParts>): EngineClient {
  const engine = createEngineOf(fakeParts(parts))
  return new EngineClient({
    request: (name, input, given) =>
      engine.request(name, input, { signal: given, resolveFile: (path) => path, reportBug: () => undefined }),
    subscribe: (listener) => engine.subscribe(listener),
  })
}

/** An engine whose analyses answer what `now` holds. */
function world(first: AnalysisResult) {
  const state = { now: first, asked: [] as AnalyzeRequest[] }
  const client = clientOf({
    analyze: async (_path, request) => {
      state.asked.push(request)
      return outcome(state.now)
    },
  })
  return { state, client }
}

async function analysed(client: EngineClient): Promise<string> {
  return (await client.request('analysis.start', analysisInput, signal)).jobId
}

async function writtenPdf(client: EngineClient, name: string): Promise<string> {
  const jobIds = [await analysed(client)]
  const { jobId } = await client.request('report.create', { ...reportInput, jobIds, format: 'pdf' }, signal)
  const path = join(folder, name)
  writeFileSync(path, (await client.request('report.result', { jobId }, signal)).bytes)
  return path
}

async function verify(client: EngineClient, pdf: string, recordings: readonly string[]) {
  const input = { file: pdf, recordings: [...recordings], baseline: [], locale: 'en' } as const
  const { jobId } = await client.request(
    'report.verify',
    { ...input, recordings: [...recordings], baseline: [] },
    signal,
  )
  return client.request('verification.result', { jobId }, signal)
}

describe('report.verify', () => {
  const reported = resultOf('fault', { file })

  it('says same, to the byte, and asks as the report was asked', async () => {
    const { client, state } = world(reported)
    const pdf = await writtenPdf(client, 'same.pdf')
    expect(await verify(client, pdf, [])).toEqual({
      outcome: 'same',
      date: '2026-11-24',
      checkedCount: 1,
      missing: [],
      differences: [],
      arePagesSame: true,
      notes: [],
    })
    expect(state.asked[1]).toMatchObject({ read: { unit: 'g' }, bearing: '6205-2RS', models: [], baseline: [] })
  })

  it.each<[string, Partial<AnalysisResult>]>([
    ['verdict', { verdict: 'healthy' }],
    ['logit', { score: { ...reported.score, logit: 3.3 } }],
    ['model', { model: { ...reported.model, sha256: 'a'.repeat(64) } }],
    ['segments', { segments: reported.segments.slice(1) }],
    ['events', { events: [] }],
    ['kurtosis', { indicators: { ...reported.indicators, kurtosis: 7.7 } }],
    ['segment 3', { segments: reported.segments.map((each, i) => (i === 2 ? { ...each, logit: 9 } : each)) }],
  ])('says that another %s differs', async (what, change) => {
    const { client, state } = world(reported)
    const pdf = await writtenPdf(client, `${what}.pdf`)
    state.now = { ...reported, ...change }
    const { outcome: answer, differences, arePagesSame } = await verify(client, pdf, [])
    expect(answer).toBe('different')
    expect(differences.map((difference) => difference.what)).toContain(what)
    expect(arePagesSame).toBeNull()
  })

  it('takes the rounding of another backend for the same, and says which', async () => {
    const { client, state } = world(reported)
    const pdf = await writtenPdf(client, 'backend.pdf')
    state.now = { ...reported, backend: 'cpu', score: { ...reported.score, logit: (reported.score.logit ?? 0) + 1e-5 } }
    const { outcome: answer, notes, arePagesSame } = await verify(client, pdf, [])
    expect(answer).toBe('same')
    expect(arePagesSame).toBe(false)
    expect(notes[0]).toContain('computed with wasm; this check with cpu')
  })

  it('knows a changed page by its bytes, although the numbers agree', async () => {
    const { client } = world(reported)
    const pdf = await writtenPdf(client, 'page.pdf')
    const { bytes } = await client.request(
      'report.result',
      {
        jobId: (
          await client.request(
            'report.create',
            { ...reportInput, jobIds: [await analysed(client)], format: 'pdf', words: { action: 'Nothing.' } },
            signal,
          )
        ).jobId,
      },
      signal,
    )
    // other words in the pages and in the data: the report checks out as what it is
    writeFileSync(pdf, bytes)
    expect((await verify(client, pdf, [])).arePagesSame).toBe(true)
    // a byte more: not
    writeFileSync(pdf, Buffer.concat([bytes, Buffer.from('\n')]))
    const changed = await verify(client, pdf, [])
    expect(changed).toMatchObject({ outcome: 'same', arePagesSame: false })
    expect(changed.notes[0]).toContain('changed')
  })

  it('finds recordings by content, and names those that are not there', async () => {
    const { client } = world(reported)
    const pdf = await writtenPdf(client, 'missing.pdf')
    const other = join(folder, 'other.wav')
    writeFileSync(other, 'something else')
    const answer = await verify(client, pdf, [other])
    expect(answer).toMatchObject({ outcome: 'incomplete', missing: [{ name: 'pump.wav', sha256 }], checkedCount: 0 })
    const renamed = join(folder, 'renamed.wav')
    writeFileSync(renamed, 'the content of a recording')
    expect((await verify(client, pdf, [other, renamed])).outcome).toBe('same')
  })

  it('asks for the baseline that the analysis used', async () => {
    const { client } = world(reported)
    const { jobId: job } = await client.request('analysis.start', { ...analysisInput, baseline: ['base.json'] }, signal)
    const { jobId } = await client.request('report.create', { ...reportInput, jobIds: [job], format: 'pdf' }, signal)
    const pdf = join(folder, 'baseline.pdf')
    writeFileSync(pdf, (await client.request('report.result', { jobId }, signal)).bytes)
    await expect(verify(client, pdf, [])).rejects.toMatchObject({ code: 'bad-request' })
  })
})

describe('report requests', () => {
  it('report.read answers the data that the PDF carries', async () => {
    const { client } = world(resultOf('fault', { file }))
    const pdf = await writtenPdf(client, 'read.pdf')
    const block = await client.request('report.read', { file: pdf }, signal)
    expect(block.recordings[0].results[0].file).toEqual(file)
    expect(block.recordings[0].origin).toMatchObject({ bearing: '6205-2RS', hasBaseline: false })
  })

  it('report.preview answers one page of HTML', async () => {
    const { client } = world(resultOf('healthy', { file }))
    const html = await client.request('report.preview', { ...reportInput, jobIds: [await analysed(client)] }, signal)
    expect(html).toMatch(/^<!doctype html>[\s\S]*HEALTHY/)
  })

  it('a cancelled report is no report', async () => {
    const { client } = world(resultOf('fault', { file }))
    const jobIds = [await analysed(client)]
    const { jobId } = await client.request('report.create', { ...reportInput, jobIds, format: 'html' }, signal)
    await client.request('job.cancel', { jobId }, signal)
    await expect(client.request('report.result', { jobId }, signal)).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('an analysis without channels has nothing to report', async () => {
    const client = clientOf({ analyze: async () => ({ ...outcome(resultOf('fault')), results: [], charts: [] }) })
    const jobIds = [await analysed(client)]
    const asked = client.request('report.create', { ...reportInput, jobIds, format: 'pdf' }, signal)
    await expect(asked).rejects.toMatchObject({ code: 'bad-request' })
  })

  it.each(['24.11.2026', '2026-13-01', ''])('"%s" is no date', async (date) => {
    const { client } = world(resultOf('fault', { file }))
    const jobIds = [await analysed(client)]
    const asked = client.request('report.create', { locale: 'en', date, jobIds, format: 'pdf' }, signal)
    await expect(asked).rejects.toMatchObject({ code: 'bad-request' })
  })
})

describe('view.export', () => {
  it.each(views)('%s as PNG of the size asked for, and as SVG without text', async (view) => {
    const { client } = world(resultOf('fault', { file }))
    const jobId = await analysed(client)
    const input = { jobId, index: 0, view, locale: 'zh-CN' } as const
    const one = PNG.sync.read(Buffer.from(await client.request('view.export', { ...input, format: 'png' }, signal)))
    const two = PNG.sync.read(
      Buffer.from(await client.request('view.export', { ...input, format: 'png', scale: 2 }, signal)),
    )
    expect([two.width, two.height]).toEqual([2 * one.width, 2 * one.height])
    const svg = Buffer.from(await client.request('view.export', { ...input, format: 'svg' }, signal)).toString()
    expect(svg).toMatch(/^<svg xmlns/)
    expect(svg).not.toMatch(/<text|<script|href="(?!data:image\/png)/)
  })

  it('says what there is not', async () => {
    const { client } = world(resultOf('fault', { file }))
    const input = { jobId: await analysed(client), view: 'timeline', format: 'png', locale: 'en' } as const
    await expect(client.request('view.export', { ...input, index: 1 }, signal)).rejects.toMatchObject({
      code: 'bad-request',
    })
    await expect(
      client.request('view.export', { ...input, index: 0, startSeconds: 20, endSeconds: 30 }, signal),
    ).rejects.toMatchObject({ code: 'bad-request' })
  })
})
