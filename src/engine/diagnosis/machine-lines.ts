import { AnalyzerError } from '../../shared/errors'
import { checkShaftSpeed } from './speed-checks'

/** Lines of what else turns on the machine, in Hz. */

export interface GearPair {
  readonly toothCount: number
  readonly otherToothCount: number
  /** Of the shaft with `toothCount`. */
  readonly shaftSpeedRpm: number
}

export interface GearLines {
  /** f · z: both gears meet tooth by tooth. */
  readonly meshHz: number
  readonly shaftHz: number
  readonly otherShaftHz: number
  /** mesh / lcm(z₁, z₂): the same two teeth meet again. */
  readonly huntingToothHz: number
}

/** @throws AnalyzerError bad-request for tooth counts that are not whole numbers from 3 on, or an absurd speed */
export function computeGearLines({ toothCount, otherToothCount, shaftSpeedRpm }: GearPair): GearLines {
  checkShaftSpeed(shaftSpeedRpm)
  checkCount('A gear', 'teeth', toothCount, 3)
  checkCount('A gear', 'teeth', otherToothCount, 3)
  const shaftHz = shaftSpeedRpm / 60
  const meshHz = shaftHz * toothCount
  const least = (toothCount * otherToothCount) / commonDivisor(toothCount, otherToothCount)
  return { meshHz, shaftHz, otherShaftHz: meshHz / otherToothCount, huntingToothHz: meshHz / least }
}

/** Blade (vane) pass: shaft × blades. @throws AnalyzerError bad-request for less than one blade, or an absurd speed */
export function computeBladePassHz(bladeCount: number, shaftSpeedRpm: number): number {
  checkShaftSpeed(shaftSpeedRpm)
  checkCount('A wheel', 'blades', bladeCount, 1)
  return (bladeCount * shaftSpeedRpm) / 60
}

export interface BeltDrive {
  /** Effective (pitch) diameters. */
  readonly pulleyDiameterMm: number
  readonly otherPulleyDiameterMm: number
  readonly beltLengthMm: number
  /** Of the shaft with `pulleyDiameterMm`. */
  readonly shaftSpeedRpm: number
}

export interface BeltLines {
  /** Belt speed over belt length, π·d·f / L: a spot on the belt passes a pulley. */
  readonly beltHz: number
  readonly shaftHz: number
  readonly otherShaftHz: number
}

/** Without slip. @throws AnalyzerError bad-request for diameters that do not go with the length, or an absurd speed */
export function computeBeltLines(drive: BeltDrive): BeltLines {
  const { pulleyDiameterMm, otherPulleyDiameterMm, beltLengthMm, shaftSpeedRpm } = drive
  checkShaftSpeed(shaftSpeedRpm)
  const shortestMm = (Math.PI * (pulleyDiameterMm + otherPulleyDiameterMm)) / 2
  if (!(pulleyDiameterMm > 0 && otherPulleyDiameterMm > 0 && beltLengthMm > shortestMm)) {
    throw new AnalyzerError(
      'bad-request',
      `A belt of ${beltLengthMm} mm cannot run over pulleys of ${pulleyDiameterMm} and ${otherPulleyDiameterMm} mm; diameters must be above 0 and the belt longer than half round both.`,
      { pulleyDiameterMm, otherPulleyDiameterMm, beltLengthMm },
    )
  }
  const shaftHz = shaftSpeedRpm / 60
  const beltHz = (Math.PI * pulleyDiameterMm * shaftHz) / beltLengthMm
  return { beltHz, shaftHz, otherShaftHz: (shaftHz * pulleyDiameterMm) / otherPulleyDiameterMm }
}

function checkCount(what: string, unit: string, count: number, least: number): void {
  if (Number.isInteger(count) && count >= least && count <= 10_000) return
  throw new AnalyzerError(
    'bad-request',
    `${what} with ${count} ${unit} cannot be; a whole number from ${least} on is needed.`,
  )
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b)
}
