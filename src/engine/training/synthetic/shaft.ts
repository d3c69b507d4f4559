import type { Random } from '../../../shared/random'

export interface ShaftMotion {
  readonly sampleRateHz: number
  readonly sampleCount: number
  readonly shaftHz: number
  readonly speedWander: number
  readonly speedRatio: number
}

/**
 * Revolutions of the shaft at every sample: the integral of a speed that changes straight by `speedRatio` (the mean
 * stays shaftHz) and wanders with three slow sines, 0.1 to 2 Hz, by at most `speedWander`.
 */
export function shaftRevolutions(motion: ShaftMotion, random: Random): Float64Array {
  const { sampleRateHz, sampleCount, shaftHz, speedWander, speedRatio } = motion
  const first = 2 / (1 + speedRatio)
  const waves = [0, 1, 2].map(() => ({
    frequencyHz: random.between(0.1, 2),
    phase: random.between(0, 2 * Math.PI),
  }))
  const revolutions = new Float64Array(sampleCount)
  let turned = random.uniform()
  for (let i = 0; i < sampleCount; i++) {
    revolutions[i] = turned
    let share = first * (1 + ((speedRatio - 1) * i) / sampleCount)
    for (const wave of waves) {
      share += (speedWander / 3) * Math.sin((2 * Math.PI * wave.frequencyHz * i) / sampleRateHz + wave.phase)
    }
    turned += (shaftHz * share) / sampleRateHz
  }
  return revolutions
}
