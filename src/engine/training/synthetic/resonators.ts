import type { Resonance } from './machine-spec'

/**
 * Response of several modes in parallel to an excitation. Each is a two-pole recursion whose impulse response is
 * gain · e^(−ζω₀n) · sin(ω_d n), ω_d = ω₀√(1 − ζ²), at the sample rate (impulse invariance). Starts at rest.
 * Modes at or above half the sample rate are left out: they would alias.
 */
export function respond(
  excitation: Float64Array,
  resonances: readonly Resonance[],
  sampleRateHz: number,
): Float64Array {
  const response = new Float64Array(excitation.length)
  for (const { frequencyHz, dampingRatio, gain } of resonances) {
    if (frequencyHz >= sampleRateHz / 2) continue
    const omega = (2 * Math.PI * frequencyHz) / sampleRateHz
    const radius = Math.exp(-dampingRatio * omega)
    const damped = omega * Math.sqrt(1 - dampingRatio * dampingRatio)
    const a1 = 2 * radius * Math.cos(damped)
    const a2 = -radius * radius
    const b1 = gain * radius * Math.sin(damped)
    let y1 = 0
    let y2 = 0
    let x1 = 0
    for (let i = 0; i < excitation.length; i++) {
      const y = a1 * y1 + a2 * y2 + b1 * x1
      x1 = excitation[i]
      y2 = y1
      y1 = y
      response[i] += y
    }
  }
  return response
}

/** Mean of the squares; 0 for nothing. */
export function meanSquareOf(samples: Float64Array): number {
  let sum = 0
  for (const sample of samples) sum += sample * sample
  return samples.length === 0 ? 0 : sum / samples.length
}

/** In place. */
export function scaleToRms(samples: Float64Array, rms: number): Float64Array {
  const now = Math.sqrt(meanSquareOf(samples))
  const factor = now === 0 ? 0 : rms / now
  for (let i = 0; i < samples.length; i++) samples[i] *= factor
  return samples
}
