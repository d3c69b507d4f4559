import { describe, expect, it } from 'vitest'
import { highPassTaps } from '../../../src/engine/dsp/high-pass'
import { expectArraysClose } from '../../helpers/expect-arrays-close'

const scipyLowPass = [-0.00033906451889497726, 0.007406341865341246, 0.027183463624655253]
const taps = highPassTaps({ cutoffHz: 150, tapCount: 97 }, 12_000)

function gainAt(hz: number): number {
  let gain = 0
  taps.forEach((tap, i) => (gain += tap * Math.cos((2 * Math.PI * hz * (i - 48)) / 12_000)))
  return gain
}

describe('high-pass', () => {
  it('has no gain at DC and gain 1 far above its edge', () => {
    expect(gainAt(0)).toBeCloseTo(0, 6)
    for (const hz of [600, 1500, 3000, 6000]) expect(Math.abs(gainAt(hz) - 1)).toBeLessThan(0.01) // Hamming ripple
  })

  it('is that of scipy.signal.firwin taken from a delta', () => {
    // scipy.signal.firwin(97, 150, fs=12000)[[0, 24, 48]]: the low-pass
    expectArraysClose([-taps[0], -taps[24], 1 - taps[48]], scipyLowPass, 1e-7)
  })

  it('is symmetric', () => {
    expectArraysClose(taps, taps.slice().reverse(), 0)
  })
})
