import { describe, expect, it } from 'vitest'
import { naturalLog, naturalLog1p } from '../../../../src/engine/inference/kernels/natural-log'

describe('natural logarithms', () => {
  it('agree with Math.log over all magnitudes', () => {
    let worst = 0
    for (let power = -250; power <= 250; power += 0.37) {
      const y = 10 ** power
      worst = Math.max(worst, Math.abs(naturalLog(y) - Math.log(y)) / Math.max(1, Math.abs(Math.log(y))))
    }
    for (let y = 0.5; y < 2.1; y += 0.0007) worst = Math.max(worst, Math.abs(naturalLog(y) - Math.log(y)))
    expect(worst).toBeLessThan(1e-9)
  })

  it('of 1 + x keep float32 precision for small x of either sign', () => {
    for (const x of [1e-30, 1e-9, 3e-8, 1e-6, 1e-3, 0.3, 5, 1e6, 3e38]) {
      expect(Math.abs(naturalLog1p(x) / Math.log1p(x) - 1)).toBeLessThan(3e-8)
      if (x < 1) expect(Math.abs(naturalLog1p(-x) / Math.log1p(-x) - 1)).toBeLessThan(3e-8)
    }
  })

  it.each([0, -0, -1, Number.NaN, Number.POSITIVE_INFINITY, 5e-324])('of %f are what Math says', (y) => {
    expect(naturalLog(y)).toBe(Math.log(y))
    expect(naturalLog1p(y)).toBe(Math.log1p(y))
  })
})
