import { describe, expect, it } from 'vitest'
import type { Annotation } from '../../../src/shared/project/annotation'
import { compareAnnotations } from '../../../src/shared/project/annotation'
import { exportAnnotations } from '../../../src/shared/project/export-annotations'
import type { AnnotationFormat } from '../../../src/shared/project/import-annotations'
import { detectFormat, planImport } from '../../../src/shared/project/import-annotations'
import type { ProjectDocument } from '../../../src/shared/project/project-document'
import { createRandom } from '../../../src/shared/random'
import { buildAnnotation, buildProject, buildRecording, randomAnnotation } from '../../builders/project-builder'

function importInto(document: ProjectDocument, text: string, format = detectFormat(text), recordingId?: string) {
  let serial = 0
  return planImport(text, format, {
    document,
    recordingId,
    name: 'file',
    author: 'Importer',
    now: '2026-12-01T00:00:00.000Z',
    newId: () => `new-${(serial += 1)}`,
  })
}

function randomAnnotations(seed: number): Annotation[] {
  const random = createRandom(seed)
  return Array.from({ length: 40 }, (_, index) => randomAnnotation(random, `a-${index}`)).sort(compareAnnotations)
}

describe.each([1, 2, 3])('any annotations (seed %d)', (seed) => {
  const annotations = randomAnnotations(seed)
  const full = buildProject({ annotations })

  it.each(['csv', 'json'] as const)('%s gives back every field', (format) => {
    const { text, count } = exportAnnotations(full, format, undefined)
    expect([count, detectFormat(text)]).toEqual([40, format])
    const plan = importInto(buildProject(), text)
    expect(plan.annotations.toSorted(compareAnnotations)).toEqual(annotations)
    expect(importInto(full, text)).toEqual({ annotations: [], skippedCount: 40 }) // twice adds nothing
  })

  it('audacity gives back regions, kinds, fault types, severities and words', () => {
    const { text } = exportAnnotations(full, 'audacity', 'rec-1')
    const plan = importInto(buildProject(), text)
    const oneLine = (words: string): string => words.replace(/[\t\n]+/g, ' ').trim()
    const kept = ({ region, kind, faultType, severity, text: words }: Annotation) => ({
      region:
        region.shape === 'box'
          ? { ...region, lowHz: region.lowHz.toFixed(6), highHz: region.highHz.toFixed(6) }
          : region,
      kind,
      faultType,
      severity,
      text: oneLine(words),
    })
    expect(plan.annotations.map(kept)).toEqual(annotations.map(kept))
  })
})

describe('export', () => {
  it('CSV has samples and seconds, and numbers channels as they are listed', () => {
    const region = { shape: 'range', startSample: 25_600, endSample: 51_200 } as const
    const { text } = exportAnnotations(buildProject({ annotations: [buildAnnotation({ region })] }), 'csv', undefined)
    const [head, row] = text
      .trim()
      .split('\n')
      .map((line) => line.split(','))
    expect(Object.fromEntries(head.map((name, index) => [name, row[index]]))).toMatchObject({
      recording: 'pump.wav',
      channel: '1',
      start_sample: '25600',
      start_seconds: '1',
      end_seconds: '2',
      low_hz: '',
    })
  })

  it("a box is Audacity's two lines", () => {
    const region = { shape: 'box', startSample: 25_600, endSample: 38_400, lowHz: 1000, highHz: 2500.5 } as const
    const { text } = exportAnnotations(
      buildProject({ annotations: [buildAnnotation({ region })] }),
      'audacity',
      undefined,
    )
    expect(text).toBe('1.000000\t1.500000\tfault/outer-race/severe: grinding\n\\\t1000.000000\t2500.500000\n')
  })

  it('labels need a rate and one recording', () => {
    const other = buildRecording({ id: 'rec-2', name: 'fan.wav' })
    const two = [buildAnnotation(), buildAnnotation({ id: 'b', recordingId: 'rec-2' })]
    const document = buildProject({ recordings: [buildRecording(), other], annotations: two })
    expect(() => exportAnnotations(document, 'audacity', undefined)).toThrow(/belong to 2. Choose one/)
    expect(exportAnnotations(document, 'audacity', 'rec-2').count).toBe(1)
    const rateless = withoutRate(document)
    expect(() => exportAnnotations(rateless, 'audacity', 'rec-1')).toThrow(/"pump.wav" is unknown.*Set the rate/)
  })
})

function withoutRate(document: ProjectDocument): ProjectDocument {
  return {
    ...document,
    recordings: document.recordings.map((each) => ({
      ...each,
      channels: each.channels.map((channel) => ({ ...channel, sampleRateHz: null })),
      properties: { ...each.properties, sampleRateHz: { value: null, origin: 'unknown' } },
    })),
  }
}

describe('import', () => {
  it("takes Audacity's own file, with undefined frequencies, points and foreign words", () => {
    const text = [
      '1.000000\t1.000000\tThis point was clicked at 6928 Hz',
      '\\\t6928.456055\t6928.456055',
      '2.000000\t2.500000\tHigh frequency 6334',
      '\\\t-1.000000\t6334.588867',
      '3,000000\t3,500000',
      '\\\t8908.015625\t-1.000000',
    ].join('\r\n')
    const { annotations } = importInto(buildProject(), text)
    expect(annotations.map(({ region, kind, text: words, author }) => [region, kind, words, author])).toEqual([
      [{ shape: 'point', sample: 25_600 }, 'note', 'This point was clicked at 6928 Hz (6928.456055 Hz)', 'Importer'],
      [
        { shape: 'box', startSample: 51_200, endSample: 64_000, lowHz: 0, highHz: 6334.588867 },
        'note',
        'High frequency 6334',
        'Importer',
      ],
      [
        { shape: 'box', startSample: 76_800, endSample: 89_600, lowHz: 8908.015625, highHz: 12_800 },
        'note',
        '',
        'Importer',
      ],
    ])
  })

  it('takes a table as a spreadsheet saves it: semicolons, other order, few columns, BOM', () => {
    const text = '\uFEFFKind;Start_Seconds;End_Seconds;Text\r\nfault;1;2;"a; ""b"""\r\n\r\nnote;3;;c\r\n'
    const { annotations } = importInto(buildProject(), text)
    expect(annotations).toMatchObject([
      {
        kind: 'fault',
        region: { shape: 'range', startSample: 25_600, endSample: 51_200 },
        text: 'a; "b"',
        channel: null,
      },
      { kind: 'note', region: { shape: 'point', sample: 76_800 }, createdAt: '2026-12-01T00:00:00.000Z' },
    ])
  })

  it('an annotation that was changed since comes in beside the one that is there', () => {
    const document = buildProject({ annotations: [buildAnnotation()] })
    const { text } = exportAnnotations(document, 'json', undefined)
    const { annotations } = importInto(document, text.replace('grinding', 'whining'))
    expect(annotations).toEqual([buildAnnotation({ id: 'new-1', text: 'whining' })])
  })

  it('finds the recording by its hash, then by its name', () => {
    const { text } = exportAnnotations(buildProject({ annotations: [buildAnnotation()] }), 'json', undefined)
    const renamed = buildRecording({ id: 'other', name: 'renamed.wav' })
    expect(importInto(buildProject({ recordings: [renamed] }), text).annotations[0].recordingId).toBe('other')
    const { file, ...rest } = renamed
    const unlike = { ...rest, file: { ...file, sha256: 'f'.repeat(64) } }
    expect(() => importInto(buildProject({ recordings: [unlike] }), text)).toThrow(
      /line \d+: .*"pump.wav".*there is none/,
    )
    expect(importInto(buildProject({ recordings: [unlike] }), text, 'json', 'other').annotations).toHaveLength(1)
  })

  const csv = 'kind,start_sample,end_sample\n'
  const bad: readonly (readonly [string, AnnotationFormat, string, RegExp])[] = [
    ['an empty table', 'csv', '', /"file" is empty/],
    ['no column of kinds', 'csv', 'start_sample\n1\n', /line 1: A column "kind"/],
    [
      'a channel that is not there',
      'csv',
      'kind,start_sample,channel\nfault,1,3\n',
      /line 2: .* there is no channel 3/,
    ],
    ['an unknown kind', 'csv', `${csv}fault,1,2\nbroken,1,2\n`, /line 3: The kind "broken" is none of fault, healthy/],
    ['a text for a number', 'csv', `${csv}fault,one,2\n`, /line 2: "one" in start_sample/],
    ['half a sample', 'csv', `${csv}fault,1.5,2\n`, /line 2: 1.5 to 2 is no range/],
    ['an end before the start', 'csv', `${csv}fault,3,2\n`, /line 2: 3 to 2 is no range/],
    ['an open quotation mark', 'csv', `${csv}fault,1,2\n"fault,1,2\n`, /line 3: A quotation mark/],
    ['words after a quotation mark', 'csv', `${csv}"fault"x,1,2\n`, /line 2: Something stands between/],
    ['too many cells', 'csv', `${csv}fault,1,2,3\n`, /line 2: 4 cells stand under 3/],
    [
      'a line after a cell of three lines',
      'csv',
      'kind,start_sample,text\nnote,1,"a\nb\nc"\nnope,1,\n',
      /line 5: The kind "nope"/,
    ],
    [
      'half a frequency range',
      'csv',
      'kind,start_sample,end_sample,low_hz,high_hz\nfault,1,2,5,4\n',
      /line 2: 5 to 4 Hz/,
    ],
    [
      'a time that is none',
      'csv',
      'kind,start_sample,created_at\nfault,1,yesterday\n',
      /line 2: "yesterday" is no time/,
    ],
    ['a frequency range first', 'audacity', '\\\t1\t2\n', /line 1: A frequency range stands before/],
    ['words for a time', 'audacity', '1\t2\tok\nx\t2\tlabel\n', /line 2: A start and an end/],
    ['an end before the start', 'audacity', '2\t1\tlabel\n', /line 1: A start and an end/],
    ['a broken range', 'audacity', '1\t2\tlabel\n\\\t1\n', /line 2: A low and a high frequency/],
    ['no JSON', 'json', '{\n"schema":\n', /line \d: This is no JSON/],
    ['another JSON', 'json', '{"schema":"x"}', /line 1: "schema" is not as expected/],
  ]
  it.each(bad)('%s (%s): one sentence with the line', (_, format, text, sentence) => {
    expect(() => importInto(buildProject(), text, format)).toThrow(sentence)
    expect(() => importInto(buildProject(), text, format)).toThrow(/^[^\n]+\.$/)
  })

  it('a damaged annotation in JSON is named by its line', () => {
    const annotations = [buildAnnotation(), buildAnnotation({ id: 'b' })]
    const { text } = exportAnnotations(buildProject({ annotations }), 'json', undefined)
    const lines = text.split('\n')
    const at = lines.findIndex(
      (line, index) => line.includes('"kind"') && index > lines.findIndex((each) => each.includes('"b"')),
    )
    lines[at] = '"kind": "broken",'
    expect(() => importInto(buildProject(), lines.join('\n'))).toThrow(
      /line \d+: "annotations.1.kind" is not as expected/,
    )
  })

  it('seconds need a rate', () => {
    expect(() => importInto(withoutRate(buildProject()), '1\t2\tx\n')).toThrow(
      /line 1: .*sampling rate of the recording is unknown/,
    )
  })

  it('a file that does not say whose it is needs one recording', () => {
    const two = buildProject({ recordings: [buildRecording(), buildRecording({ id: 'rec-2' })] })
    expect(() => importInto(two, '1\t2\tx\n')).toThrow(/which of the 2 recordings/)
    expect(importInto(two, '1\t2\tx\n', 'audacity', 'rec-2').annotations[0].recordingId).toBe('rec-2')
  })
})
