import type { Tile } from '../../shared/app/tracks'
import type { HeatPixels } from './heat-pixels'

export interface TileBitmap {
  readonly canvas: OffscreenCanvas
  readonly hasGaps: boolean
}

/** Bitmaps of tiles, one a tile, made again when colours, range or height change; they go when their tile goes. */
export class BitmapCache {
  readonly #bitmaps = new WeakMap<Tile, { readonly style: string; readonly bitmap: TileBitmap }>()

  /** @param style everything that the pixels depend on beside the tile */
  get(tile: Tile, style: string, paint: () => HeatPixels): TileBitmap {
    const known = this.#bitmaps.get(tile)
    if (known?.style === style) return known.bitmap
    const bitmap = toBitmap(paint())
    this.#bitmaps.set(tile, { style, bitmap })
    return bitmap
  }
}

function toBitmap({ width, height, pixels, hasGaps }: HeatPixels): TileBitmap {
  const canvas = new OffscreenCanvas(width, height)
  const bytes = new Uint8ClampedArray(pixels.buffer as ArrayBuffer, pixels.byteOffset, pixels.byteLength)
  canvas.getContext('2d')?.putImageData(new ImageData(bytes, width, height), 0, 0)
  return { canvas, hasGaps }
}
