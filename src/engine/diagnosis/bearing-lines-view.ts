import type { BearingEntry } from '../../shared/diagnosis/bearing'
import type { BearingLinesView, FaultLine, LineKind } from '../../shared/diagnosis/views'
import { computeBearingLines, slipShare, slipWindow } from './kinematics'
import { checkLineBelowNyquist, checkShaftSpeed } from './speed-checks'

export interface LinesRequest {
  readonly shaftSpeedRpm: number
  readonly ring?: 'inner' | 'outer'
  readonly harmonicCount: number
  readonly sampleRateHz?: number
}

/** @throws AnalyzerError bad-request for an absurd speed, or race lines above half the sampling rate */
export function describeBearingLines(bearing: BearingEntry, request: LinesRequest): BearingLinesView {
  const { shaftSpeedRpm, ring, sampleRateHz } = request
  checkShaftSpeed(shaftSpeedRpm)
  const rotation = ring === 'outer' ? { innerRpm: 0, outerRpm: 1 } : { innerRpm: 1, outerRpm: 0 }
  const { bpfo, bpfi, bsf, ftf, isEstimate } = computeBearingLines(bearing.geometry, rotation)
  const shaftHz = shaftSpeedRpm / 60
  if (sampleRateHz !== undefined) checkLineBelowNyquist('BPFO', bpfo * shaftHz, sampleRateHz)
  const orders: readonly (readonly [LineKind, number])[] = [
    ['bpfo', bpfo],
    ['bpfi', bpfi],
    ['ball', 2 * bsf],
    ['bsf', bsf],
    ['ftf', ftf],
  ]
  return {
    bearing,
    shaftHz,
    isEstimate,
    lines: orders
      .filter(([, order]) => !Number.isNaN(order))
      .map(([kind, order]) => lineOf(kind, order, shaftHz, request)),
  }
}

function lineOf(
  kind: LineKind,
  order: number,
  shaftHz: number,
  { harmonicCount, sampleRateHz }: LinesRequest,
): FaultLine {
  const harmonics = Array.from({ length: harmonicCount }, (_, i) => {
    const hz = (i + 1) * order * shaftHz
    const { low, high } = slipWindow(hz, slipShare)
    const isAboveNyquist = sampleRateHz === undefined ? null : hz >= sampleRateHz / 2
    return { harmonic: i + 1, hz, lowHz: low, highHz: high, isAboveNyquist }
  })
  return { kind, order, harmonics }
}
