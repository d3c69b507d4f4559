/** Bearings as diagnosis knows them. Plain data: it crosses processes. */

export interface BearingGeometry {
  readonly rollingElementCount: number
  readonly ballDiameterMm: number
  readonly pitchDiameterMm: number
  readonly contactAngleDegrees: number
}

/** Where the maker says no more than how many rolling elements there are. */
export interface ElementCountOnly {
  readonly rollingElementCount: number
}

export interface BearingEntry {
  readonly id: string
  readonly designation: string
  readonly maker: string
  /** Where the geometry was published. */
  readonly source: string
  readonly geometry: BearingGeometry | ElementCountOnly
}

/** What a form or a row of a table says. */
export type BearingForm = Omit<BearingEntry, 'id'>

/** Orders of shaft speed. A spall on a ball meets both races: it shows at 2 · bsf. */
export interface BearingLines {
  readonly bpfo: number
  readonly bpfi: number
  /** NaN where it cannot be estimated (only the number of elements is known). */
  readonly bsf: number
  readonly ftf: number
  /** 0.4 n and 0.6 n instead of the geometry. */
  readonly isEstimate: boolean
}

export function hasDiameters(geometry: BearingGeometry | ElementCountOnly): geometry is BearingGeometry {
  return 'ballDiameterMm' in geometry
}
