import type { BearingLines } from '../../shared/diagnosis/bearing'
import type { BearingPart } from '../../shared/diagnosis/diagnosis'
import type { CombShape } from './witness-comb'

/** Where a damaged part shows in the spectrum of the squared envelope (Randall & Antoni 2011, MSSP 25, §2). */
export interface HypothesisShape {
  readonly part: BearingPart
  /** Of the fundamental, in orders of the shaft. */
  readonly orders: number
  /** As the field writes the fundamental. */
  readonly symbol: 'BPFO' | 'BPFI' | '2×BSF' | 'FTF'
  readonly harmonicCount: number
  readonly sidebandCount: number
  /** What modulates it: an inner-race spall turns with the shaft through the load, a ball's with the cage. */
  readonly sidebandOf: 'shaft' | 'cage' | undefined
}

/** Every part that the geometry gives a line for, likely ones first. */
export function hypothesisShapes({ bpfo, bpfi, bsf, ftf }: BearingLines): readonly HypothesisShape[] {
  const shapes: readonly HypothesisShape[] = [
    { part: 'outer-race', orders: bpfo, symbol: 'BPFO', harmonicCount: 4, sidebandCount: 0, sidebandOf: undefined },
    { part: 'inner-race', orders: bpfi, symbol: 'BPFI', harmonicCount: 3, sidebandCount: 2, sidebandOf: 'shaft' },
    {
      part: 'rolling-element',
      orders: 2 * bsf,
      symbol: '2×BSF',
      harmonicCount: 3,
      sidebandCount: 2,
      sidebandOf: 'cage',
    },
    { part: 'cage', orders: ftf, symbol: 'FTF', harmonicCount: 4, sidebandCount: 0, sidebandOf: undefined },
  ]
  return shapes.filter(({ orders }) => Number.isFinite(orders) && orders > 0)
}

export function combShapeOf(shape: HypothesisShape, shaftHz: number, ftfOrders: number): CombShape {
  const { harmonicCount, sidebandCount, sidebandOf } = shape
  const sidebandHz = sidebandOf === 'shaft' ? shaftHz : sidebandOf === 'cage' ? ftfOrders * shaftHz : 0
  return { harmonicCount, sidebandCount, sidebandHz }
}

/** Such as "2×BPFI − 1×shaft". */
export function lineLabel({ symbol, sidebandOf }: HypothesisShape, harmonic: number, sideband: number): string {
  const doubled = symbol.startsWith('2×')
  const main = `${doubled ? 2 * harmonic : harmonic}×${doubled ? symbol.slice(2) : symbol}`
  if (sideband === 0 || sidebandOf === undefined) return main
  return `${main} ${sideband < 0 ? '−' : '+'} ${Math.abs(sideband)}×${sidebandOf === 'cage' ? 'FTF' : 'shaft'}`
}
