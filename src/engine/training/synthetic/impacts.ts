import type { Random } from '../../../shared/random'
import type { BearingFault, BearingOrders, FaultKind } from './machine-spec'

export interface Impact {
  /** sample at which it begins, with a fraction */
  readonly position: number
  readonly height: number
}

/** Impacts a revolution: a ball's spall meets both races in one turn of the ball. */
export function impactOrder(kind: FaultKind, orders: BearingOrders): number {
  switch (kind) {
    case 'outer':
      return orders.bpfo
    case 'inner':
      return orders.bpfi
    case 'ball':
      return 2 * orders.bsf
    case 'cage':
      return orders.ftf
  }
}

/** Order at which the fault passes through the load zone; an outer fault stands still in it, the unbalance turns. */
function modulationOrder(kind: FaultKind, orders: BearingOrders): number {
  return kind === 'ball' || kind === 'cage' ? orders.ftf : 1
}

/**
 * The impacts of a bearing fault over the shaft's revolutions [sampleCount]. Intervals are 1/order revolutions with
 * normal slip that adds up (the phase drifts, as in real bearings; Randall & Antoni 2011); heights follow the load.
 */
export function bearingImpacts(
  revolutions: Float64Array,
  fault: BearingFault,
  orders: BearingOrders,
  sampleRateHz: number,
  random: Random,
): Impact[] {
  const interval = 1 / impactOrder(fault.kind, orders)
  const loadOrder = modulationOrder(fault.kind, orders)
  const loadPhase = random.between(0, 2 * Math.PI)
  const impacts: Impact[] = []
  let next = revolutions[0] + interval * random.uniform()
  for (let i = 1; i < revolutions.length; i++) {
    while (revolutions[i] >= next) {
      const position = i - (revolutions[i] - next) / (revolutions[i] - revolutions[i - 1])
      const load = Math.cos(2 * Math.PI * loadOrder * next + loadPhase)
      const loaded = Math.max(0, 1 + fault.modulationDepth * (load - 1) * 0.5)
      const spread = Math.max(0, 1 + fault.heightSpread * random.normal())
      impacts.push({ position, height: loaded * spread * growthAt(fault, position / sampleRateHz) })
      next += interval * Math.max(0.2, 1 + fault.slip * random.normal())
    }
  }
  return impacts
}

/** Poisson knocks with exponentially distributed heights, either sign, RMS height 1. */
export function randomKnocks(sampleCount: number, perSample: number, random: Random): Impact[] {
  const impacts: Impact[] = []
  if (perSample <= 0) return impacts
  let position = -Math.log(1 - random.uniform()) / perSample
  while (position < sampleCount) {
    const height = (-Math.log(1 - random.uniform()) / Math.SQRT2) * (random.uniform() < 0.5 ? -1 : 1)
    impacts.push({ position, height })
    position += -Math.log(1 - random.uniform()) / perSample
  }
  return impacts
}

/** Impulses on samples; one between two samples is shared by them in proportion. */
export function excitationOf(impacts: readonly Impact[], sampleCount: number): Float64Array {
  const excitation = new Float64Array(sampleCount)
  for (const { position, height } of impacts) {
    const sample = Math.floor(position)
    const fraction = position - sample
    if (sample < sampleCount) excitation[sample] += height * (1 - fraction)
    if (sample + 1 < sampleCount) excitation[sample + 1] += height * fraction
  }
  return excitation
}

function growthAt(fault: BearingFault, seconds: number): number {
  if (fault.growth === undefined) return 1
  const { startSeconds, endSeconds } = fault.growth
  return Math.min(1, Math.max(0, (seconds - startSeconds) / (endSeconds - startSeconds)))
}
