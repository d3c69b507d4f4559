import { AnalyzerError } from '../../shared/errors'
import type { Taper } from './taper'

/** How a signal is cut for short-time spectra. */
export interface FrameOptions {
  readonly frameLength: number // samples
  readonly hopLength: number // samples
  readonly fftLength: number // samples, ≥ frameLength; the rest is zero padding
  readonly taper: Taper
}

/** Whole frames only ('valid'): frame i holds the samples [i · hop, i · hop + frameLength). */
export function countFrames(sampleCount: number, { frameLength, hopLength }: FrameOptions): number {
  return sampleCount < frameLength ? 0 : Math.floor((sampleCount - frameLength) / hopLength) + 1
}

/** ⌊fftLength / 2⌋ + 1 */
export function countBins({ fftLength }: FrameOptions): number {
  return Math.floor(fftLength / 2) + 1
}

/** @throws AnalyzerError bad-request for lengths that are not positive integers, or a transform shorter than the frame */
export function checkFrames({ frameLength, hopLength, fftLength }: FrameOptions): void {
  for (const [name, value] of Object.entries({ frameLength, hopLength, fftLength })) {
    if (!Number.isInteger(value) || value < 1) {
      throw new AnalyzerError('bad-request', `${name} is ${value}; a positive whole number of samples is needed.`)
    }
  }
  if (fftLength < frameLength) {
    throw new AnalyzerError(
      'bad-request',
      `fftLength is ${fftLength}; it must not be below frameLength ${frameLength}.`,
    )
  }
}
