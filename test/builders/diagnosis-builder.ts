import type { Diagnosis } from '../../src/shared/diagnosis/diagnosis'

/** Both witnesses for the outer race, as the schema has it; words are the test's own. */
export function buildDiagnosis(): Diagnosis {
  return {
    bearing: null,
    shaftSpeedRpm: 1796,
    slipPercent: 2,
    witness: {
      verdict: 'fault-outer-race',
      sentence: 'Fault: outer race.',
      reasons: ['A regular beat.'],
      hypotheses: [],
      impactBeat: null,
      shaftHz: 29.93,
      bandsHz: [[500, 1000]],
      binHz: 0.2,
      stretchCount: 1,
      stretchSeconds: 5,
    },
    evidenceBeat: {
      verdict: 'matches',
      sentence: 'repeats at 107.3 Hz',
      frequencyHz: 107.3,
      orders: 3.58,
      strengthLogit: 4,
      decisiveLogit: 2,
      autocorrelation: 0.4,
      pValue: 0.01,
      part: 'outer-race',
      offPercent: 0.2,
    },
    agreement: 'agree',
    sentence: 'Both agree.',
  }
}
