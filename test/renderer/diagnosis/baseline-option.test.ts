import { expect, it } from 'vitest'
import { baselineOption } from '../../../src/renderer/diagnosis/baseline-option'
import { translate } from '../../../src/shared/locales/translate'

it('lays both spectra over each other, and their difference where there is one', () => {
  const { series } = baselineOption({
    comparison: {
      unit: 'g',
      binHz: 0.5,
      current: Float32Array.of(0, 2, 1),
      baseline: Float32Array.of(0, 1, 1),
      differenceDb: Float32Array.of(Number.NaN, 6, 0),
    },
    colours: {
      ink: 'ink',
      muted: 'muted',
      line: 'line',
      panel: 'panel',
      accent: 'accent',
      fault: 'fault',
      healthy: 'healthy',
      uncertain: 'uncertain',
    },
    t: (key, values) => translate('en', key, values ?? {}),
  })
  expect(series.map(({ name, xAxisIndex, data }) => [name, xAxisIndex, data])).toEqual([
    [
      'baseline',
      0,
      [
        [0, 0],
        [0.5, 1],
        [1, 1],
      ],
    ],
    [
      'this recording',
      0,
      [
        [0, 0],
        [0.5, 2],
        [1, 1],
      ],
    ],
    [
      'difference, dB',
      1,
      [
        [0.5, 6],
        [1, 0],
      ],
    ],
  ])
})
