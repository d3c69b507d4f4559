import { PNG } from 'pngjs'
import type { Rgb } from '../../shared/colour-maps'

/** Embedded and thrown away: packing it tightly would take longer than drawing the page. */
const fast = { deflateLevel: 1, filterType: 0 } as const

export interface PixelColour {
  readonly colour: Rgb
  /** 0 … 1 */
  readonly opacity: number
}

/**
 * A matrix [rowCount × columnCount], row 0 at the bottom, as the data URI of a PNG. NaN becomes a transparent pixel, so
 * that the hatching behind it shows.
 */
export function heatMapUri(
  values: Float32Array,
  rowCount: number,
  columnCount: number,
  colourOf: (value: number) => PixelColour,
): string {
  const image = new PNG({ width: columnCount, height: rowCount })
  for (let row = 0; row < rowCount; row++) {
    for (let column = 0; column < columnCount; column++) {
      const value = values[row * columnCount + column]
      const place = ((rowCount - 1 - row) * columnCount + column) * 4
      if (Number.isNaN(value)) continue
      const { colour, opacity } = colourOf(value)
      image.data.set(colour, place)
      image.data[place + 3] = Math.round(255 * opacity)
    }
  }
  return `data:image/png;base64,${PNG.sync.write(image, fast).toString('base64')}`
}
