import { AnalyzerError } from '../../shared/errors'

/** How far the shaft has turned by when: strictly rising pairs, straight in between. */
export interface SpeedCurve {
  readonly timesSeconds: Float64Array
  readonly revolutions: Float64Array
}

/** @throws AnalyzerError bad-request for fewer than two points, or points that do not rise */
export function checkSpeedCurve({ timesSeconds, revolutions }: SpeedCurve): void {
  if (timesSeconds.length < 2 || timesSeconds.length !== revolutions.length) {
    throw new AnalyzerError(
      'bad-request',
      `A speed curve has ${timesSeconds.length} times and ${revolutions.length} revolutions; it needs two or more of both.`,
    )
  }
  for (let i = 1; i < timesSeconds.length; i++) {
    if (timesSeconds[i] > timesSeconds[i - 1] && revolutions[i] > revolutions[i - 1]) continue
    throw new AnalyzerError(
      'bad-request',
      `The speed curve does not rise at ${timesSeconds[i]} s; a shaft that stands still or turns back has no orders.`,
    )
  }
}

/** The curve of a shaft that turns evenly. */
export function constantSpeedCurve(shaftSpeedRpm: number, durationSeconds: number): SpeedCurve {
  return {
    timesSeconds: Float64Array.of(0, durationSeconds),
    revolutions: Float64Array.of(0, (shaftSpeedRpm * durationSeconds) / 60),
  }
}

/** The curve of speeds given at times, straight in between: its integral (trapezium), from 0 revolutions on. */
export function integrateSpeed(timesSeconds: ArrayLike<number>, speedsRpm: ArrayLike<number>): SpeedCurve {
  const revolutions = new Float64Array(timesSeconds.length)
  for (let i = 1; i < timesSeconds.length; i++) {
    const meanHz = (speedsRpm[i - 1] + speedsRpm[i]) / 120
    revolutions[i] = revolutions[i - 1] + meanHz * (timesSeconds[i] - timesSeconds[i - 1])
  }
  const curve = { timesSeconds: Float64Array.from(timesSeconds), revolutions }
  checkSpeedCurve(curve)
  return curve
}

export interface SpeedRange {
  readonly meanRpm: number
  readonly leastRpm: number
  readonly greatestRpm: number
}

/** Over the pieces of the curve. */
export function speedRangeOf({ timesSeconds, revolutions }: SpeedCurve): SpeedRange {
  let leastRpm = Infinity
  let greatestRpm = 0
  for (let i = 1; i < timesSeconds.length; i++) {
    const rpm = (60 * (revolutions[i] - revolutions[i - 1])) / (timesSeconds[i] - timesSeconds[i - 1])
    leastRpm = Math.min(leastRpm, rpm)
    greatestRpm = Math.max(greatestRpm, rpm)
  }
  const last = timesSeconds.length - 1
  const meanRpm = (60 * (revolutions[last] - revolutions[0])) / (timesSeconds[last] - timesSeconds[0])
  return { meanRpm, leastRpm, greatestRpm }
}
