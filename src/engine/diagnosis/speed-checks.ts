import { AnalyzerError } from '../../shared/errors'

/** Turbochargers reach 300,000 rpm and dental turbines 400,000; telescopes and kilns a turn in hours. */
const slowestRpm = 0.01
const fastestRpm = 600_000
/** Fewer turns say nothing about what repeats with the shaft. */
const leastTurns = 3

export function isShaftSpeed(shaftSpeedRpm: number): boolean {
  return shaftSpeedRpm >= slowestRpm && shaftSpeedRpm <= fastestRpm
}

/** @throws AnalyzerError bad-request for a speed that no shaft has */
export function checkShaftSpeed(shaftSpeedRpm: number): void {
  if (isShaftSpeed(shaftSpeedRpm)) return
  throw new AnalyzerError(
    'bad-request',
    `A shaft speed of ${shaftSpeedRpm} rpm cannot be used; it must be from ${slowestRpm} to ${fastestRpm} rpm.`,
    { shaftSpeedRpm },
  )
}

/** @throws AnalyzerError bad-request for a recording of fewer than three turns */
export function checkTurns(durationSeconds: number, shaftSpeedRpm: number): void {
  checkShaftSpeed(shaftSpeedRpm)
  const turns = (durationSeconds * shaftSpeedRpm) / 60
  if (turns >= leastTurns) return
  throw new AnalyzerError(
    'bad-request',
    `The recording holds ${turns.toFixed(2)} turns of the shaft (${durationSeconds.toPrecision(3)} s at ${shaftSpeedRpm} rpm); at least ${leastTurns} are needed.`,
    { durationSeconds, shaftSpeedRpm },
  )
}

/** @throws AnalyzerError bad-request for a line that the sampling rate does not hold */
export function checkLineBelowNyquist(lineName: string, lineHz: number, sampleRateHz: number): void {
  if (lineHz < sampleRateHz / 2) return
  throw new AnalyzerError(
    'bad-request',
    `The ${lineName} line lies at ${lineHz.toPrecision(5)} Hz; a rate of ${sampleRateHz} Hz holds lines below ${sampleRateHz / 2} Hz only.`,
    { lineHz, sampleRateHz },
  )
}
