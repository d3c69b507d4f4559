/** Frequencies on [0, height) device pixels, the lowest at the bottom. */
export interface FrequencyScale {
  readonly kind: 'linear' | 'log'
  readonly lowHz: number
  readonly highHz: number
}

/** A logarithmic axis cannot begin at 0 Hz: it spans three decades, or begins at one bin. */
export function frequencyScaleOf(kind: 'linear' | 'log', highHz: number, binHz: number): FrequencyScale {
  return { kind, lowHz: kind === 'linear' ? 0 : Math.max(highHz / 1000, binHz), highHz }
}

export function yOfFrequency({ kind, lowHz, highHz }: FrequencyScale, hertz: number, height: number): number {
  const share =
    kind === 'linear' ? (hertz - lowHz) / (highHz - lowHz) : Math.log(hertz / lowHz) / Math.log(highHz / lowHz)
  return height * (1 - share)
}

export function frequencyAt({ kind, lowHz, highHz }: FrequencyScale, y: number, height: number): number {
  const share = 1 - y / height
  return kind === 'linear' ? lowHz + share * (highHz - lowHz) : lowHz * (highHz / lowHz) ** share
}

/** Which rows of a tile each pixel row shows, from the top; −1 where the tile has none. */
export interface RowMap {
  readonly first: Int32Array
  readonly last: Int32Array
}

interface TileFrequencies {
  readonly rows: number
  readonly lowHz: number
  readonly highHz: number
}

export function rowMapOf(scale: FrequencyScale, height: number, { rows, lowHz, highHz }: TileFrequencies): RowMap {
  const first = new Int32Array(height).fill(-1)
  const last = new Int32Array(height).fill(-1)
  const perHertz = rows / (highHz - lowHz)
  for (let y = 0; y < height; y++) {
    const low = (frequencyAt(scale, y + 1, height) - lowHz) * perHertz
    const high = (frequencyAt(scale, y, height) - lowHz) * perHertz
    if (high <= 0 || low >= rows) continue
    const middle = Math.max(0, Math.min(rows - 1, Math.floor((low + high) / 2)))
    // rows whose centre lies within the pixel; else the one that the pixel lies in
    const from = Math.max(0, Math.ceil(low - 0.5))
    const to = Math.min(rows - 1, Math.ceil(high - 0.5) - 1)
    first[y] = from <= to ? from : middle
    last[y] = from <= to ? to : middle
  }
  return { first, last }
}

/** Each pixel row as a mix of two rows: `upper` weighs `share`, `lower` the rest; −1 where the tile has none. */
export interface BlendMap {
  readonly lower: Int32Array
  readonly upper: Int32Array
  readonly share: Float32Array
}

/** The map upsampled to the height of the spectrogram, linearly between the centres of its rows. */
export function blendMapOf(scale: FrequencyScale, height: number, { rows, lowHz, highHz }: TileFrequencies): BlendMap {
  const lower = new Int32Array(height).fill(-1)
  const upper = new Int32Array(height).fill(-1)
  const share = new Float32Array(height)
  const perHertz = rows / (highHz - lowHz)
  for (let y = 0; y < height; y++) {
    const place = (frequencyAt(scale, y + 0.5, height) - lowHz) * perHertz
    if (place < 0 || place > rows) continue
    const centre = Math.max(0, Math.min(rows - 1, place - 0.5))
    lower[y] = Math.floor(centre)
    upper[y] = Math.min(rows - 1, lower[y] + 1)
    share[y] = centre - lower[y]
  }
  return { lower, upper, share }
}
