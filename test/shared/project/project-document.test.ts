import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { emptyProject, projectDocumentSchema, sampleRateOfChannel } from '../../../src/shared/project/project-document'
import { readProject } from '../../../src/shared/project/migrations'
import { projectJsonSchema } from '../../../src/shared/project/project-json-schema'
import { buildAnnotation, buildProject, buildProjectResult, buildRecording } from '../../builders/project-builder'

describe('a project document', () => {
  it('empty or full is valid, and read back as it is', () => {
    const empty = emptyProject('p', '2026-11-24T08:00:00.000Z', '0.1.0')
    const full = buildProject({ annotations: [buildAnnotation()], results: [buildProjectResult()], layout: { a: [1] } })
    for (const document of [empty, full]) {
      expect(projectDocumentSchema.parse(document)).toEqual(document)
      expect(readProject(JSON.parse(JSON.stringify(document)), 'a.vibralens')).toEqual(document)
    }
  })

  it('the exported JSON schema is current: run `npm run docs:schema`', () => {
    expect(readFileSync('docs/project.schema.json', 'utf8')).toBe(projectJsonSchema())
  })

  it.each([
    [null, /is no VibraLens project/],
    [[], /is no VibraLens project/],
    [{ schema: 'vibralens.analysis/1' }, /is no VibraLens project/],
    [
      { ...buildProject(), schema: 'vibralens.project/7' },
      /newer VibraLens \(project schema 7\); this one knows them up to 1/,
    ],
    [{ ...buildProject(), recordings: [{}] }, /is damaged: "recordings\.0\.id" is not as expected/],
    [{ ...buildProject(), surprise: 1 }, /is damaged/],
    [{ schema: 'vibralens.project/0' }, /is damaged/],
  ])('%#: one sentence', (raw, sentence) => {
    expect(() => readProject(raw, 'a.vibralens')).toThrow(sentence)
  })
})

describe('schema 0', () => {
  const draft = {
    schema: 'vibralens.project/0',
    id: 'case-7',
    created: '2026-11-01T08:00:00Z',
    recordings: [
      {
        id: 'r1',
        path: 'data/泵 1.wav',
        sha256: 'a'.repeat(64),
        bytes: 9,
        channels: [{ name: 'X', sampleCount: 100 }],
        sampleRateHz: 1000,
        unit: 'g',
      },
    ],
    annotations: [
      { id: 'a1', recording: 'r1', start: 10, end: 20, kind: 'fault', text: 'w', created: '2026-11-01T09:00:00Z' },
    ],
  }

  it('becomes schema 1: what was typed in is the user’s, what was not is unknown', () => {
    const document = readProject(draft, 'old.vibralens')
    expect(document).toMatchObject({
      schema: 'vibralens.project/1',
      projectId: 'case-7',
      recordings: [
        {
          name: '泵 1.wav',
          file: { path: 'data/泵 1.wav', bytes: 9 },
          properties: {
            sampleRateHz: { value: 1000, origin: 'user' },
            unit: { value: 'g', origin: 'user' },
            shaftSpeedRpm: { value: null, origin: 'unknown' },
          },
        },
      ],
      annotations: [
        { recordingId: 'r1', channel: null, region: { shape: 'range', startSample: 10, endSample: 20 }, text: 'w' },
      ],
    })
  })

  it('what it cannot hold is still refused', () => {
    const broken = { ...draft, annotations: [{ ...draft.annotations[0], end: 10 }] }
    expect(() => readProject(broken, 'old.vibralens')).toThrow(/"annotations\.0\.region/)
  })
})

describe('the rate of a channel', () => {
  it('is what the user says, else what the file says of it, else of the recording, else unknown', () => {
    const recording = buildRecording()
    const { properties } = recording
    const byUser = { ...recording, properties: { ...properties, sampleRateHz: { value: 5, origin: 'user' } as const } }
    const noChannelRate = { ...recording, channels: [{ ...recording.channels[0], sampleRateHz: null }] }
    const none = {
      ...noChannelRate,
      properties: { ...properties, sampleRateHz: { value: null, origin: 'unknown' } as const },
    }
    expect([byUser, recording, noChannelRate, none].map((each) => sampleRateOfChannel(each, 0))).toEqual([
      5,
      25_600,
      25_600,
      undefined,
    ])
  })
})
