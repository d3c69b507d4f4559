import { describe, expect, it } from 'vitest'
import { checkLineBelowNyquist, checkShaftSpeed, checkTurns } from '../../../src/engine/diagnosis/speed-checks'

describe('refused in one sentence, with the value and what was expected', () => {
  it.each([0, -1500, Number.NaN, Infinity, 1e9])('a speed of %d rpm', (rpm) => {
    expect(() => checkShaftSpeed(rpm)).toThrow(`A shaft speed of ${rpm} rpm cannot be used; it must be from`)
  })

  it('a recording of fewer than three turns', () => {
    expect(() => checkTurns(0.1, 1500)).toThrow('2.50 turns of the shaft')
    expect(() => checkTurns(0.12, 1500)).not.toThrow()
    expect(() => checkTurns(10, 0)).toThrow('0 rpm')
  })

  it('a line above half the rate', () => {
    expect(() => checkLineBelowNyquist('BPFI', 600, 1000)).toThrow(/BPFI line lies at 600\.00 Hz.*below 500 Hz/)
    expect(() => checkLineBelowNyquist('BPFI', 499, 1000)).not.toThrow()
  })
})
