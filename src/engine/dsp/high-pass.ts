/** Linear-phase high-pass of `tapCount` (odd) taps: δ minus a Hamming-tapered ideal low-pass of sum 1. Zero at DC. */
export interface HighPassDesign {
  readonly cutoffHz: number // −6 dB
  readonly tapCount: number
}

export function highPassTaps({ cutoffHz, tapCount }: HighPassDesign, sampleRateHz: number): Float32Array {
  const middle = (tapCount - 1) / 2
  const cutoff = (2 * cutoffHz) / sampleRateHz // as a share of half the sample rate
  const low = Float64Array.from({ length: tapCount }, (_, i) => {
    const x = cutoff * (i - middle)
    const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)
    return sinc * (0.54 - 0.46 * Math.cos((2 * Math.PI * i) / (tapCount - 1)))
  })
  const sum = low.reduce((total, value) => total + value, 0)
  return Float32Array.from(low, (value, i) => (i === middle ? 1 : 0) - value / sum)
}
