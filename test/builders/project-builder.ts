import type { Annotation, Region } from '../../src/shared/project/annotation'
import type { ProjectEdit } from '../../src/shared/project/edits'
import type { ProjectDocument, ProjectRecording, ProjectResult } from '../../src/shared/project/project-document'
import { emptyProject } from '../../src/shared/project/project-document'
import type { Random } from '../../src/shared/random'

const time = '2026-11-24T08:00:00.000Z'
const unknown = { value: null, origin: 'unknown' } as const

export function buildRecording(given: Partial<ProjectRecording> = {}): ProjectRecording {
  return {
    id: 'rec-1',
    name: 'pump.wav',
    file: { path: 'data/pump.wav', sha256: 'a'.repeat(64), bytes: 1000, modifiedAt: time },
    format: 'wav',
    channels: [
      { name: 'DE', unit: 'g', sampleRateHz: 25_600, sampleCount: 100_000 },
      { name: 'NDE', unit: 'g', sampleRateHz: 25_600, sampleCount: 100_000 },
    ],
    properties: {
      sampleRateHz: { value: 25_600, origin: 'file' },
      unit: { value: 'g', origin: 'file' },
      sensitivity: unknown,
      shaftSpeedRpm: { value: 1480, origin: 'user' },
      machine: unknown,
      point: unknown,
      direction: unknown,
    },
    read: {},
    ...given,
  }
}

export function buildAnnotation(given: Partial<Annotation> = {}): Annotation {
  return {
    id: 'ann-1',
    recordingId: 'rec-1',
    channel: 0,
    region: { shape: 'range', startSample: 100, endSample: 5000 },
    kind: 'fault',
    faultType: 'outer-race',
    severity: 'severe',
    text: 'grinding',
    author: 'Ann',
    createdAt: time,
    changedAt: time,
    event: null,
    ...given,
  }
}

export function buildProjectResult(given: Partial<ProjectResult> = {}): ProjectResult {
  return {
    recordingId: 'rec-1',
    channel: 0,
    model: { id: 'net-1d', version: '1.0.0', kind: '1d', sha256: 'b'.repeat(64) },
    backend: 'wasm',
    programVersion: '0.1.0',
    analysedAt: time,
    recordingSha256: 'a'.repeat(64),
    settings: {},
    verdict: 'fault',
    probability: 0.97,
    logit: 3.5,
    reasons: [],
    events: [{ startSample: 1000, endSample: 4000, peakProbability: 0.99, evidence: 4 }],
    ...given,
  }
}

export function buildProject(given: Partial<ProjectDocument> = {}): ProjectDocument {
  return { ...emptyProject('project-1', time, '0.1.0'), recordings: [buildRecording()], ...given }
}

const words = [
  'grinding',
  'Wälzlager',
  '轴承外圈',
  'a, "b"; c',
  '=1+1',
  "'=x",
  '-',
  '',
  'line\nbreak',
  'tab\there',
  '🙂',
]
const pick = <T>(random: Random, all: readonly T[]): T => all[random.integer(all.length)]

/** Any annotation that a project with `buildRecording` may hold. */
export function randomAnnotation(random: Random, id: string): Annotation {
  const startSample = random.integer(90_000)
  const endSample = startSample + 1 + random.integer(9000)
  const regions: readonly Region[] = [
    { shape: 'range', startSample, endSample },
    { shape: 'point', sample: startSample },
    { shape: 'box', startSample, endSample, lowHz: random.uniform() * 100, highHz: 100 + random.uniform() * 12_000 },
  ]
  return buildAnnotation({
    id,
    channel: pick(random, [null, 0, 1]),
    region: pick(random, regions),
    kind: pick(random, ['fault', 'healthy', 'doubtful', 'disturbance', 'note']),
    faultType: pick(random, [null, 'cage', 'Käfig, außen', '保持架']),
    severity: pick(random, [null, 'slight', 'critical']),
    text: `${pick(random, words)}${pick(random, words)}`,
    author: pick(random, ['', 'Ann', '王工']),
    event: pick(random, [
      null,
      { answer: 'confirm', modelId: 'net', startSample: 1, endSample: 2, peakProbability: 0.9, evidence: 1.5 },
    ]),
  })
}

/** Any edit that fits the document. */
export function randomEdit(random: Random, document: ProjectDocument, serial: number): ProjectEdit {
  const annotation = document.annotations.length === 0 ? undefined : pick(random, document.annotations)
  const recording = pick(random, document.recordings)
  const choices: readonly (() => ProjectEdit | undefined)[] = [
    () => ({ type: 'annotations.add', annotations: [randomAnnotation(random, `a-${serial}`)] }),
    () => ({
      type: 'annotations.add',
      annotations: [randomAnnotation(random, `b-${serial}`), randomAnnotation(random, `c-${serial}`)],
    }),
    () =>
      annotation && {
        type: 'annotation.change',
        id: annotation.id,
        changes: { text: `t${serial}`, region: randomAnnotation(random, 'x').region },
        changedAt: time,
      },
    () => annotation && { type: 'annotations.remove', ids: [annotation.id] },
    () => ({
      type: 'recordings.add',
      entries: [
        {
          recording: buildRecording({ id: `r-${serial}`, name: `${serial}.wav` }),
          at: random.integer(document.recordings.length + 1),
        },
      ],
      annotations: [],
      results: [],
    }),
    () => (recording.id === 'rec-1' ? undefined : { type: 'recordings.remove', ids: [recording.id] }),
    () => ({
      type: 'properties.change',
      recordingId: recording.id,
      changes: { unit: { value: `u${serial}`, origin: 'user' } },
    }),
    () => ({ type: 'settings.change', changes: { segmentSeconds: 1 + serial, bearing: pick(random, [null, '6205']) } }),
    () => ({ type: 'report.change', changes: { action: `act ${serial}` } }),
  ]
  return pick(random, choices)() ?? { type: 'report.change', changes: { deadline: String(serial) } }
}
