/** How map positions lie on the input along one axis: position j sees [j · stride, j · stride + field), centre in between. */
export interface AxisPlacement {
  /** input positions between map positions */
  readonly stride: number
  /** receptive field in input positions */
  readonly field: number
  /** length of the input */
  readonly inputLength: number
}

export interface MapPlacement {
  /** time; columns of the map */
  readonly time: AxisPlacement
  /** frequency; rows of the map. 1D: stride 1, field 1, inputLength 1 */
  readonly bins: AxisPlacement
}

/**
 * A map [rows × columns] drawn out to the input's size [bins.inputLength × time.inputLength], row-major: linear between
 * the centres of receptive fields, constant outside the outermost ones. For looking at; 1D has one row. Linear
 * interpolation does not keep the mean; `spread` does.
 */
export function upsample(map: Float32Array, rows: number, columns: number, placement: MapPlacement): Float32Array {
  return resize(map, rows, columns, linearWeights(rows, placement.bins), linearWeights(columns, placement.time))
}

/**
 * The same size, and the same mean: each map position hands its value, in equal parts, to the stride-wide stretch of
 * input round its centre, the outermost ones to the ends; then the whole is shifted by the small constant (edge
 * stretches are longer than inner ones) that makes the mean equal to the map's, which is the segment's logit.
 */
export function spread(map: Float32Array, rows: number, columns: number, placement: MapPlacement): Float32Array {
  const drawn = resize(
    map,
    rows,
    columns,
    nearestWeights(rows, placement.bins),
    nearestWeights(columns, placement.time),
  )
  const shift = meanOfMeasured(map) - meanOfMeasured(drawn)
  return drawn.map((value) => value + shift)
}

/** For each input position the lower map position and the share of the next one. */
interface Weights {
  readonly lower: Int32Array
  readonly share: Float64Array
}

function positionOf(index: number, count: number, { stride, field }: AxisPlacement): number {
  const centre = (field - 1) / 2 // of map position 0
  return Math.min(Math.max((index - centre) / stride, 0), count - 1)
}

function linearWeights(count: number, axis: AxisPlacement): Weights {
  const lower = new Int32Array(axis.inputLength)
  const share = new Float64Array(axis.inputLength)
  for (let i = 0; i < axis.inputLength; i++) {
    const position = positionOf(i, count, axis)
    lower[i] = Math.min(Math.floor(position), Math.max(0, count - 2))
    share[i] = count === 1 ? 0 : position - lower[i]
  }
  return { lower, share }
}

function nearestWeights(count: number, axis: AxisPlacement): Weights {
  const lower = Int32Array.from({ length: axis.inputLength }, (_, i) => Math.round(positionOf(i, count, axis)))
  return { lower, share: new Float64Array(axis.inputLength) }
}

function resize(
  map: Float32Array,
  rows: number,
  columns: number,
  vertical: Weights,
  horizontal: Weights,
): Float32Array {
  const height = vertical.lower.length
  const width = horizontal.lower.length
  const drawn = new Float32Array(height * width)
  if (rows === 0 || columns === 0) return drawn.fill(Number.NaN)
  for (let y = 0; y < height; y++) {
    const low = vertical.lower[y] * columns
    const high = vertical.share[y] === 0 ? low : low + columns
    for (let x = 0; x < width; x++) {
      const left = horizontal.lower[x]
      const right = horizontal.share[x] === 0 ? left : left + 1
      const bottom = between(map[low + left], map[low + right], horizontal.share[x])
      const top = between(map[high + left], map[high + right], horizontal.share[x])
      drawn[y * width + x] = between(bottom, top, vertical.share[y])
    }
  }
  return drawn
}

function between(low: number, high: number, share: number): number {
  if (share === 0 || share === 1) return share === 0 ? low : high // beside "nothing measured" a value is still itself
  return low + (high - low) * share
}

function meanOfMeasured(values: Float32Array): number {
  let sum = 0
  let count = 0
  for (const value of values) {
    if (Number.isNaN(value)) continue
    sum += value
    count += 1
  }
  return sum / count
}
