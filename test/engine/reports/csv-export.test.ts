import { expect, it } from 'vitest'
import { composeCsv } from '../../../src/engine/reports/csv-export'
import { buildResult } from '../../builders/analysis-builder'

const result = buildResult({ verdict: 'fault', probabilities: [0.5, null], durationSeconds: 2, segmentSeconds: 1 })

it('segments and events are rows of one table, empty where nothing was measured', () => {
  const lines = composeCsv([result], []).split('\n')
  expect(lines).toEqual([
    'file,channel,model,kind,start_seconds,end_seconds,logit,probability',
    'pump-3 drive end 2026-03-14.wav,X097_DE_time,bearing-1d,segment,0,1,0,0.5',
    'pump-3 drive end 2026-03-14.wav,X097_DE_time,bearing-1d,segment,1,2,,',
    'pump-3 drive end 2026-03-14.wav,X097_DE_time,bearing-1d,event,0,2,3.4,0.97',
    '',
  ])
})

it('names are quoted, and cannot be formulas', () => {
  const channel = { ...result.channel, name: '=HYPERLINK("x"),\n' }
  const line = composeCsv([{ ...result, channel, segments: [], events: result.events }], [])
  expect(line).toContain(`"'=HYPERLINK(""x""),\n"`)
})
