import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { analysisFileSchema, analysisResultSchema } from '../../src/shared/analysis'
import { analysisJsonSchema } from '../../src/shared/analysis-json-schema'
import { buildResult } from '../builders/analysis-builder'

const result = buildResult({ verdict: 'fault', probabilities: [0.9, 0.95], durationSeconds: 2, segmentSeconds: 1 })

describe('the JSON of an analysis', () => {
  it('docs/analysis.schema.json is current (npm run docs:schema writes it)', () => {
    expect(readFileSync('docs/analysis.schema.json', 'utf8').replace(/\r\n/g, '\n')).toBe(analysisJsonSchema())
  })

  it('takes a complete result and survives JSON', () => {
    expect(analysisFileSchema.parse(JSON.parse(JSON.stringify([result])))).toEqual([result])
  })

  it.each([
    ['a field of its own', { ...result, extra: 1 }],
    ['NaN', { ...result, probability: Number.NaN }],
    ['another verdict', { ...result, verdict: 'broken' }],
    ['label 0', { ...result, label: 0 }],
    ['another schema', { ...result, schema: 'vibralens.analysis/2' }],
  ])('refuses %s', (_, value) => {
    expect(analysisResultSchema.safeParse(value).success).toBe(false)
  })

  it('says in the exported schema which fields must be there', () => {
    const { items } = JSON.parse(analysisJsonSchema()) as { items: { required: string[]; properties: object } }
    expect([...items.required].sort()).toEqual(Object.keys(items.properties).sort())
  })
})
