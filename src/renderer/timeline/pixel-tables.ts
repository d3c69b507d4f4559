import type { Rgb } from '../../shared/colour-maps'
import { tableLength } from '../../shared/colour-tables'

/** Colours as the 32-bit words of ImageData: alpha, blue, green, red from the highest byte (little-endian). */
export type PixelTable = Uint32Array

const overlayOpacity = 0.85

export function opaqueTable(colours: readonly Rgb[]): PixelTable {
  return Uint32Array.from(colours, (colour) => pixelOf(colour, 255))
}

/** Over a picture: the end colours, with an opacity that grows evenly with the distance from the middle. */
export function overlayTable(colours: readonly Rgb[]): PixelTable {
  return Uint32Array.from({ length: tableLength }, (_, index) => {
    const distance = (2 * index) / (tableLength - 1) - 1
    const end = colours[distance < 0 ? 0 : tableLength - 1]
    return pixelOf(end, Math.round(255 * overlayOpacity * Math.abs(distance)))
  })
}

function pixelOf([red, green, blue]: Rgb, alpha: number): number {
  return ((alpha << 24) | (blue << 16) | (green << 8) | red) >>> 0
}
