import type { BearingGeometry, BearingLines, ElementCountOnly } from '../../shared/diagnosis/bearing'
import { hasDiameters } from '../../shared/diagnosis/bearing'
import { AnalyzerError } from '../../shared/errors'

/** Signed speeds of the rings; the same sign is the same direction. */
export interface RingRotation {
  readonly innerRpm: number
  readonly outerRpm: number
}

/** Rolling elements slip: lines are looked for this share of their frequency to either side. */
export const slipShare = 0.02

/** For bearings of which only n is known: BPFO ≈ 0.4 n and BPFI ≈ 0.6 n (Randall & Antoni 2011, MSSP 25, §2). */
const estimatedOuterShare = 0.4

const innerOnly: RingRotation = { innerRpm: 1, outerRpm: 0 }

/**
 * Fault frequencies without slip, in orders of the shaft: of the inner ring where it turns, else of the outer ring.
 * With γ = d/D · cos α, fᵣ = |f_inner − f_outer|:
 * BPFO = n/2 · fᵣ (1 − γ), BPFI = n/2 · fᵣ (1 + γ), BSF = D/(2d) · fᵣ (1 − γ²),
 * FTF = |f_inner (1 − γ) + f_outer (1 + γ)| / 2 (Harris 1991; Randall & Antoni 2011, eqs. 1–4).
 * @throws AnalyzerError bad-request for a geometry that cannot be built, or rings that do not turn against each other
 */
export function computeBearingLines(
  geometry: BearingGeometry | ElementCountOnly,
  rotation: RingRotation = innerOnly,
): BearingLines {
  checkGeometry(geometry)
  const { innerRpm, outerRpm } = rotation
  const shaftRpm = innerRpm === 0 ? Math.abs(outerRpm) : Math.abs(innerRpm)
  const relative = Math.abs(innerRpm - outerRpm) / shaftRpm
  if (!(relative > 0) || !Number.isFinite(relative)) {
    throw new AnalyzerError(
      'bad-request',
      `The inner ring turns at ${innerRpm} rpm and the outer ring at ${outerRpm} rpm; the rings must turn against each other.`,
      { innerRpm, outerRpm },
    )
  }
  const inner = innerRpm / shaftRpm
  const outer = outerRpm / shaftRpm
  const count = geometry.rollingElementCount
  const isEstimate = !hasDiameters(geometry)
  // with BPFO = n/2 · (1 − γ), an outer share of 0.4 stands for γ = 0.2
  const gamma = isEstimate ? 1 - 2 * estimatedOuterShare : diameterRatio(geometry)
  return {
    bpfo: (count / 2) * relative * (1 - gamma),
    bpfi: (count / 2) * relative * (1 + gamma),
    bsf: isEstimate ? Number.NaN : spinOrder(geometry, gamma) * relative,
    ftf: Math.abs(inner * (1 - gamma) + outer * (1 + gamma)) / 2,
    isEstimate,
  }
}

/** The frequencies between which a line is looked for. */
export function slipWindow(line: number, share: number): { readonly low: number; readonly high: number } {
  return { low: line * (1 - share), high: line * (1 + share) }
}

function diameterRatio({ ballDiameterMm, pitchDiameterMm, contactAngleDegrees }: BearingGeometry): number {
  return (ballDiameterMm / pitchDiameterMm) * Math.cos((contactAngleDegrees * Math.PI) / 180)
}

function spinOrder({ ballDiameterMm, pitchDiameterMm }: BearingGeometry, gamma: number): number {
  return (pitchDiameterMm / (2 * ballDiameterMm)) * (1 - gamma * gamma)
}

const leastElementCount = 3
const mostElementCount = 500
const largestDiameterMm = 20_000

/** @throws AnalyzerError bad-request for a geometry that cannot be built */
export function checkGeometry(geometry: BearingGeometry | ElementCountOnly): void {
  const { rollingElementCount: count } = geometry
  if (!Number.isInteger(count) || count < leastElementCount || count > mostElementCount) {
    throw new AnalyzerError(
      'bad-request',
      `A bearing with ${count} rolling elements cannot be; a whole number from ${leastElementCount} to ${mostElementCount} is needed.`,
      { rollingElementCount: count },
    )
  }
  if (hasDiameters(geometry)) checkDiameters(geometry)
}

function checkDiameters(geometry: BearingGeometry): void {
  const { rollingElementCount, ballDiameterMm, pitchDiameterMm, contactAngleDegrees } = geometry
  for (const [name, value] of [
    ['ball', ballDiameterMm],
    ['pitch', pitchDiameterMm],
  ] as const) {
    if (value > 0 && value <= largestDiameterMm) continue
    throw new AnalyzerError(
      'bad-request',
      `A ${name} diameter of ${value} mm cannot be; it must be above 0 and at most ${largestDiameterMm} mm.`,
      { ballDiameterMm, pitchDiameterMm },
    )
  }
  // neighbours on the pitch circle must not overlap: their centres are a chord apart
  const largestBallMm = pitchDiameterMm * Math.sin(Math.PI / rollingElementCount)
  if (ballDiameterMm >= largestBallMm) {
    throw new AnalyzerError(
      'bad-request',
      `${rollingElementCount} rolling elements of ${ballDiameterMm} mm do not fit on a pitch circle of ${pitchDiameterMm} mm; they must be smaller than ${largestBallMm.toFixed(2)} mm.`,
      { rollingElementCount, ballDiameterMm, pitchDiameterMm },
    )
  }
  if (!(contactAngleDegrees >= 0 && contactAngleDegrees < 90)) {
    throw new AnalyzerError(
      'bad-request',
      `A contact angle of ${contactAngleDegrees}° cannot be; it must be from 0° to below 90°.`,
      { contactAngleDegrees },
    )
  }
}
