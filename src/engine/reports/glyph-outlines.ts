/**
 * Outlines of TrueType glyphs (OpenType 1.9, 'glyf' and 'loca'), as SVG path data. The renderer shapes each text with
 * the whole font, 0.1 s a piece for Noto Sans SC; as paths a page of words costs nothing.
 */
export interface Point {
  readonly x: number
  readonly y: number
  readonly isOnCurve: boolean
}
/** Closed curves in font units, y upwards. */
export type Contours = readonly (readonly Point[])[]

export interface OutlineTables {
  readonly view: DataView
  readonly glyf: number
  readonly loca: number
  readonly isLongLoca: boolean
}

const deepest = 8 // composites of composites; a file that nests deeper is broken

export function readContours(tables: OutlineTables, glyph: number, depth: number): Contours {
  const { view, glyf, loca, isLongLoca } = tables
  const offsetOf = (index: number): number =>
    isLongLoca ? view.getUint32(loca + index * 4) : view.getUint16(loca + index * 2) * 2
  const start = offsetOf(glyph)
  if (offsetOf(glyph + 1) === start || depth > deepest) return []
  const contourCount = view.getInt16(glyf + start)
  const body = glyf + start + 10
  return contourCount < 0 ? readComposite(tables, body, depth) : readSimple(view, body, contourCount)
}

function readSimple(view: DataView, body: number, contourCount: number): Contours {
  const ends = Array.from({ length: contourCount }, (_, i) => view.getUint16(body + i * 2))
  const pointCount = contourCount === 0 ? 0 : ends[contourCount - 1] + 1
  let at = body + contourCount * 2
  at += 2 + view.getUint16(at) // instructions
  const flags: number[] = []
  while (flags.length < pointCount) {
    const flag = view.getUint8(at++)
    const repeats = (flag & 8) === 0 ? 0 : view.getUint8(at++)
    for (let i = 0; i <= repeats; i++) flags.push(flag)
  }
  const readAxis = (shortBit: number, sameBit: number): number[] => {
    let value = 0
    return flags.slice(0, pointCount).map((flag) => {
      const isSame = (flag & sameBit) !== 0
      if ((flag & shortBit) !== 0) value += isSame ? view.getUint8(at++) : -view.getUint8(at++)
      else if (!isSame) {
        value += view.getInt16(at)
        at += 2
      }
      return value
    })
  }
  const xs = readAxis(2, 16)
  const ys = readAxis(4, 32)
  return ends.map((end, index) => {
    const first = index === 0 ? 0 : ends[index - 1] + 1
    const points: Point[] = []
    for (let i = first; i <= end; i++) points.push({ x: xs[i], y: ys[i], isOnCurve: (flags[i] & 1) !== 0 })
    return points
  })
}

/** Parts placed by offset and scale; parts aligned by point numbers do not occur in our fonts and stay at the origin. */
function readComposite(tables: OutlineTables, body: number, depth: number): Contours {
  const { view } = tables
  const contours: (readonly Point[])[] = []
  let at = body
  let flags: number
  do {
    flags = view.getUint16(at)
    const glyph = view.getUint16(at + 2)
    const hasWords = (flags & 1) !== 0
    const isOffset = (flags & 2) !== 0
    const dx = !isOffset ? 0 : hasWords ? view.getInt16(at + 4) : view.getInt8(at + 4)
    const dy = !isOffset ? 0 : hasWords ? view.getInt16(at + 6) : view.getInt8(at + 5)
    at += hasWords ? 8 : 6
    const scaleCount = (flags & 8) !== 0 ? 1 : (flags & 0x40) !== 0 ? 2 : (flags & 0x80) !== 0 ? 4 : 0
    const scales = Array.from({ length: scaleCount }, (_, i) => view.getInt16(at + i * 2) / 16384)
    at += scaleCount * 2
    const [a, b, c, d] = matrixOf(scales)
    for (const contour of readContours(tables, glyph, depth + 1)) {
      contours.push(contour.map(({ x, y, isOnCurve }) => ({ x: a * x + c * y + dx, y: b * x + d * y + dy, isOnCurve })))
    }
  } while ((flags & 0x20) !== 0)
  return contours
}

function matrixOf(scales: readonly number[]): readonly [number, number, number, number] {
  if (scales.length === 4) return [scales[0], scales[1], scales[2], scales[3]]
  if (scales.length === 2) return [scales[0], 0, 0, scales[1]]
  return scales.length === 1 ? [scales[0], 0, 0, scales[0]] : [1, 0, 0, 1]
}

/** Path data with the baseline's start at (left, 0) px, y downwards; `scale` in px a font unit. */
export function pathOf(contours: Contours, left: number, scale: number): string {
  const write = ({ x, y }: Pick<Point, 'x' | 'y'>): string =>
    `${Math.round((left + x * scale) * 100) / 100} ${Math.round(-y * scale * 100) / 100}`
  return contours
    .filter((contour) => contour.length > 1)
    .map((contour) => {
      // between two control points lies an implied point on the curve
      const all = contour.flatMap((point, index) => {
        const next = contour[(index + 1) % contour.length]
        return point.isOnCurve || next.isOnCurve ? [point] : [point, middleOf(point, next)]
      })
      const start = all.findIndex((point) => point.isOnCurve)
      const points = [...all.slice(start), ...all.slice(0, start + 1)]
      let path = `M${write(points[0])}`
      for (let i = 1; i < points.length; i++) {
        if (points[i].isOnCurve) path += `L${write(points[i])}`
        else path += `Q${write(points[i])} ${write(points[++i])}`
      }
      return `${path}Z`
    })
    .join('')
}

function middleOf(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, isOnCurve: true }
}
