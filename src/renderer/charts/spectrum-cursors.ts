/** Cursors of a spectrum: where their lines stand, in hertz. */
export const cursorKinds = ['single', 'harmonic', 'sideband'] as const
export type CursorKind = (typeof cursorKinds)[number]

export interface SpectrumCursor {
  readonly kind: CursorKind
  /** Of the single line, the first harmonic, or the carrier in the middle of the sidebands. */
  readonly frequencyHz: number
  /** Distance of the sidebands; the shaft's frequency where it is known. */
  readonly spacingHz: number
}

const harmonicCount = 10
const sidebandCount = 4 // on each side

export interface CursorLine {
  readonly label: string
  readonly frequencyHz: number
}

/** @returns lines inside [0, mostHz], lowest first */
export function cursorLines({ kind, frequencyHz, spacingHz }: SpectrumCursor, mostHz: number): readonly CursorLine[] {
  return linesOf(kind, frequencyHz, spacingHz).filter((line) => line.frequencyHz > 0 && line.frequencyHz <= mostHz)
}

function linesOf(kind: CursorKind, frequencyHz: number, spacingHz: number): CursorLine[] {
  if (kind === 'single') return [{ label: '', frequencyHz }]
  if (kind === 'harmonic') {
    return Array.from({ length: harmonicCount }, (_, index) => ({
      label: `${index + 1}×`,
      frequencyHz: (index + 1) * frequencyHz,
    }))
  }
  return Array.from({ length: 2 * sidebandCount + 1 }, (_, index) => {
    const order = index - sidebandCount
    return {
      label: order === 0 ? '0' : order > 0 ? `+${order}` : `−${-order}`,
      frequencyHz: frequencyHz + order * spacingHz,
    }
  })
}

/** The bin of the greatest amplitude within ±`reach` bins: the cursor snaps to peaks. */
export function snapToPeak(amplitude: Float32Array, binHz: number, frequencyHz: number, reach: number): number {
  const middle = Math.round(frequencyHz / binHz)
  let best = Math.max(0, Math.min(amplitude.length - 1, middle))
  for (let bin = Math.max(0, middle - reach); bin <= Math.min(amplitude.length - 1, middle + reach); bin++) {
    if (amplitude[bin] > amplitude[best]) best = bin
  }
  return best * binHz
}
