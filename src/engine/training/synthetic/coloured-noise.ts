import type { Random } from '../../../shared/random'

/**
 * Noise whose power falls as 1/f^colour between about sampleRate/4000 and half the rate: white noise through
 * alternating real poles and zeros, two a decade (Kasdin 1995 in its cascade form). colour 0…2; not normalised.
 */
export function colouredNoise(sampleCount: number, colour: number, random: Random): Float64Array {
  const noise = new Float64Array(sampleCount)
  for (let i = 0; i < sampleCount; i++) noise[i] = random.normal()
  if (colour === 0) return noise
  const spacing = Math.sqrt(10)
  const lowest = 2.5e-4 // cycles a sample
  for (let corner = lowest; corner < 0.4; corner *= spacing) {
    const pole = Math.exp(-2 * Math.PI * corner)
    const zero = Math.exp(-2 * Math.PI * Math.min(0.5, corner * spacing ** (colour / 2)))
    filterInPlace(noise, pole, zero)
  }
  return noise
}

/** y[n] = x[n] − zero·x[n−1] + pole·y[n−1], scaled to 1 at half the sample rate. */
function filterInPlace(samples: Float64Array, pole: number, zero: number): void {
  const gain = (1 + pole) / (1 + zero)
  let x1 = 0
  let y1 = 0
  for (let i = 0; i < samples.length; i++) {
    const x = samples[i]
    y1 = gain * (x - zero * x1) + pole * y1
    x1 = x
    samples[i] = y1
  }
}
