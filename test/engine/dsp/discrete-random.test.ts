import { describe, expect, it } from 'vitest'
import { separateDiscrete } from '../../../src/engine/dsp/discrete-random'
import { createRandom } from '../../../src/shared/random'

const sampleRateHz = 12_000
const count = 120_000
const options = { blockLength: 4096, delayLength: 2048 }
const power = (values: Float64Array, from = 0): number =>
  values.subarray(from).reduce((sum, value) => sum + value * value, 0) / (values.length - from)

function tones(): Float64Array {
  const turn = (hz: number, n: number): number => (2 * Math.PI * hz * n) / sampleRateHz
  return Float64Array.from(
    { length: count },
    (_, n) => 2 * Math.sin(turn(29.3, n)) + Math.sin(turn(871, n) + 1) + 0.5 * Math.sin(turn(3217.7, n)),
  )
}

function noise(): Float64Array {
  const random = createRandom('separation')
  return Float64Array.from({ length: count }, () => random.normal())
}

/** Ringing whose intervals slip by 3 %: alike for some beats only. */
function slippingImpacts(): Float64Array {
  const random = createRandom('impacts')
  const signal = new Float64Array(count)
  for (let next = 50; next < count - 80; next += 120 * (1 + 0.03 * random.normal())) {
    const start = Math.round(next)
    for (let k = 0; k < 80; k++)
      signal[start + k] += 4 * Math.exp(-k / 14) * Math.sin((2 * Math.PI * 2900 * k) / sampleRateHz)
  }
  return signal
}

function plus(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value + b[i])
}

describe('discrete/random separation', () => {
  const settled = options.blockLength + options.delayLength

  it('the parts add up to the signal', () => {
    const samples = plus(tones(), noise())
    const { discrete, random } = separateDiscrete(samples, options)
    samples.forEach((value, i) => expect(discrete[i] + random[i]).toBeCloseTo(value, 12))
  })

  it('finds tones in noise of a third of their power: at most 5 % of it is left over', () => {
    const pure = tones()
    const { discrete } = separateDiscrete(plus(pure, noise()), options)
    const rest = discrete.map((value, i) => value - pure[i])
    expect(power(rest, settled) / power(pure)).toBeLessThan(0.05)
  })

  it('foretells next to nothing of white noise: about one part in as many as there are blocks', () => {
    const samples = noise()
    const blocks = (2 * count) / options.blockLength
    const { discrete } = separateDiscrete(samples, options)
    expect(power(discrete, settled) / power(samples)).toBeLessThan(3 / blocks)
  })

  it('leaves slipping impacts in the random part while it takes the tones away', () => {
    const impacts = slippingImpacts()
    const louder = tones().map((value) => 3 * value)
    const { random } = separateDiscrete(
      plus(
        plus(louder, impacts),
        noise().map((value) => 0.1 * value),
      ),
      options,
    )
    const lost = random.map((value, i) => value - impacts[i])
    expect(power(louder) / power(impacts)).toBeGreaterThan(10)
    expect(power(lost, settled) / power(impacts)).toBeLessThan(0.15)
  })

  it.each([
    [new Float64Array(1000), options, 'at least 20480'],
    [new Float64Array(1000), { blockLength: 1.5, delayLength: 4 }, 'whole numbers'],
    [new Float64Array(1000).fill(Number.NaN, 3, 4), { blockLength: 16, delayLength: 4 }, 'gap at sample 3'],
  ])('refuses in one sentence %#', (samples, given, named) => {
    expect(() => separateDiscrete(samples, given)).toThrow(named)
  })
})
