import { describe, expect, it } from 'vitest'
import { translator } from '../../../src/shared/locales/translate'
import type { ChecklistCode } from '../../../src/shared/project/checklist'
import { composeChecklist } from '../../../src/shared/project/checklist'
import type { ProjectDocument } from '../../../src/shared/project/project-document'
import type { RecordingState } from '../../../src/shared/project/project-state'
import { buildAnnotation, buildProject, buildProjectResult, buildRecording } from '../../builders/project-builder'

const unknown = { value: null, origin: 'unknown' } as const
const analysed = buildProject({ results: [buildProjectResult()] })

function codes(document: ProjectDocument, state: RecordingState = 'found'): string[] {
  return composeChecklist(document, { 'rec-1': state }, undefined, translator('en')).map(({ code }) => code)
}

function withRecording(given: Parameters<typeof buildRecording>[0]): ProjectDocument {
  return { ...analysed, recordings: [buildRecording(given)] }
}

const refuted = buildAnnotation({
  kind: 'healthy',
  event: {
    answer: 'refute',
    modelId: 'net-1d',
    startSample: 1000,
    endSample: 4000,
    peakProbability: 0.99,
    evidence: 4,
  },
})

describe('the check list', () => {
  it('is empty for a recording with everything known, judged as faulty', () => {
    expect(codes(analysed)).toEqual([])
  })

  const channel = buildRecording().channels[0]
  const { properties } = buildRecording()
  const cases: readonly (readonly [ChecklistCode, ProjectDocument, RecordingState])[] = [
    ['recording-missing', analysed, 'missing'],
    ['recording-changed', analysed, 'changed'],
    ['speed-unknown', withRecording({ properties: { ...properties, shaftSpeedRpm: unknown } }), 'found'],
    [
      'unit-missing',
      withRecording({ channels: [{ ...channel, unit: null }], properties: { ...properties, unit: unknown } }),
      'found',
    ],
    [
      'rate-unknown',
      withRecording({
        channels: [{ ...channel, sampleRateHz: null }],
        properties: { ...properties, sampleRateHz: unknown },
      }),
      'found',
    ],
    ['not-analysed', buildProject(), 'found'],
    ['result-outdated', withRecording({ file: { ...buildRecording().file, sha256: 'e'.repeat(64) } }), 'found'],
    ['verdict-uncertain', buildProject({ results: [buildProjectResult({ verdict: 'uncertain' })] }), 'found'],
    [
      'out-of-domain',
      buildProject({ results: [buildProjectResult({ verdict: 'not-applicable', probability: null })] }),
      'found',
    ],
    ['refuted-event', { ...analysed, annotations: [refuted] }, 'found'],
    ['verdict-doubted', { ...analysed, annotations: [buildAnnotation({ kind: 'doubtful' })] }, 'found'],
  ]
  it.each(cases)('%s alone, where it is so', (code, document, state) => {
    expect(codes(document, state)).toEqual([code])
  })

  it('an answer to another model, channel or place refutes nothing', () => {
    const event = refuted.event
    if (event === null) throw new Error('the builder has changed')
    for (const annotation of [
      { ...refuted, channel: 1 },
      { ...refuted, event: { ...event, modelId: 'other' } },
      { ...refuted, event: { ...event, startSample: 4000, endSample: 5000 } },
      { ...refuted, event: { ...event, answer: 'confirm' as const } },
    ]) {
      expect(codes({ ...analysed, annotations: [annotation] })).toEqual([])
    }
  })

  it('says it in both languages, with the values, for the recordings asked for', () => {
    const document = { ...analysed, annotations: [refuted] }
    const say = (locale: 'en' | 'zh-CN') => composeChecklist(document, {}, ['rec-1'], translator(locale))[0].message
    expect(say('en')).toBe('pump.wav: 1 of 1 events were refuted but still count in the verdict.')
    expect(say('zh-CN')).toMatch(/^pump\.wav：1 个事件中有 1 个/)
    expect(composeChecklist(document, {}, ['other'], translator('en'))).toEqual([])
  })
})
