import { describe, expect, it } from 'vitest'
import { envelopePeakOf, kurtosisWitnessOf } from '../../../src/engine/training/witnesses'
import { createRandom } from '../../../src/shared/random'

const random = createRandom('witness')
const noise = Float32Array.from({ length: 12_000 }, () => random.normal())

describe('witnesses', () => {
  it('kurtosis is 3 for normal noise and 1.5 for a sine', () => {
    expect(kurtosisWitnessOf(noise)).toBeCloseTo(3, 0)
    const sine = Float32Array.from({ length: 12_000 }, (_, i) => Math.sin((2 * Math.PI * i) / 100))
    expect(kurtosisWitnessOf(sine)).toBeCloseTo(1.5, 3)
  })

  it('the envelope’s height is the depth of an amplitude modulation, whatever the level', () => {
    const carrier = (i: number) => Math.sin((2 * Math.PI * 3000 * i) / 12_000 + 0.3)
    const modulated = Float32Array.from(
      noise,
      (_, i) => (1 + 0.4 * Math.cos((2 * Math.PI * 107 * i) / 12_000)) * carrier(i),
    )
    expect(envelopePeakOf(modulated, 12_000)).toBeCloseTo(0.4, 2)
    const louder = modulated.map((value) => 1000 * value)
    expect(envelopePeakOf(louder, 12_000)).toBeCloseTo(0.4, 2)
    expect(envelopePeakOf(noise, 12_000)).toBeLessThan(0.1)
  })

  it('a flat line has neither', () => {
    expect(kurtosisWitnessOf(new Float32Array(1000))).toBeNaN()
    expect(envelopePeakOf(new Float32Array(1000), 12_000)).toBeNaN()
  })
})
