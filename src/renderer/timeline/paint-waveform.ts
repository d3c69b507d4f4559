import { niceTicks, tickLabel } from './ticks'
import { hatch, horizontalLine, insidePlot, type Surface } from './surface'
import type { TilePiece } from './tile-cover'
import { samplesPerPixel, xOf, type TimeScale } from './time-scale'
import { drawValueAxis } from './value-axis'
import { gapsOf, gatherColumns, type PixelColumns } from './waveform-columns'

export interface WaveformLane {
  readonly scale: TimeScale
  readonly pieces: readonly TilePiece[]
  readonly top: number
  readonly bottom: number
  /** Amplitudes at bottom and top of the lane. */
  readonly low: number
  readonly high: number
}

/** Below this many samples a pixel, single samples are told apart and joined by a line. */
const lineSamplesPerPixel = 1
const dotDistance = 5 // CSS pixels between samples from which on each has a dot

export function paintWaveform(surface: Surface, lane: WaveformLane): void {
  const yOf = (value: number): number =>
    lane.bottom - ((value - lane.low) / (lane.high - lane.low)) * (lane.bottom - lane.top)
  const most = Math.max(4, Math.floor((lane.bottom - lane.top) / (22 * surface.ratio)))
  const { values, step } = niceTicks(lane.low, lane.high, most)
  const ticks = values.map((value) => ({ y: yOf(value), label: tickLabel(value, step) }))
  drawValueAxis(surface, ticks, lane.top, lane.bottom)
  insidePlot(surface, () => {
    const columns = gatherColumns(lane.scale, lane.pieces)
    for (const [from, to] of gapsOf(columns)) {
      hatch(surface, surface.plotLeft + from, surface.plotLeft + to, lane.top, lane.bottom)
    }
    surface.context.fillStyle = surface.palette.accent
    const isLine =
      samplesPerPixel(lane.scale) < lineSamplesPerPixel && lane.pieces.every(({ tile }) => tile.level === 0)
    if (isLine) paintSamples(surface, lane, yOf)
    else paintColumns(surface, columns, yOf)
  })
}

/** Each column from its least to its greatest value, reaching as far as its neighbour: the line stays whole. */
function paintColumns({ context, plotLeft, ratio }: Surface, columns: PixelColumns, yOf: (v: number) => number): void {
  const { least, greatest } = columns
  const thickness = Math.max(1, Math.round(ratio))
  for (let x = 0; x < least.length; x++) {
    if (Number.isNaN(least[x])) continue
    let low = least[x]
    let high = greatest[x]
    if (x > 0 && greatest[x - 1] < low) low = greatest[x - 1]
    if (x > 0 && least[x - 1] > high) high = least[x - 1]
    const top = Math.round(yOf(high))
    const bottom = Math.max(top + thickness, Math.round(yOf(low)))
    context.fillRect(plotLeft + x, top, 1, bottom - top)
  }
}

function paintSamples(surface: Surface, { scale, pieces }: WaveformLane, yOf: (value: number) => number): void {
  const { context, ratio, palette } = surface
  const dots: (readonly [number, number])[] = []
  context.strokeStyle = palette.accent
  context.lineWidth = 1.25 * ratio
  context.lineJoin = 'round'
  context.beginPath()
  let isJoined = false
  for (const { tile, start } of [...pieces].sort((a, b) => a.start - b.start)) {
    for (let column = 0; column < tile.columns; column++) {
      const sample = start + column
      const value = tile.values[column]
      if (sample < scale.view.start - 2 || sample > scale.view.end + 2) continue
      if (Number.isNaN(value)) {
        isJoined = false
        continue
      }
      // a sample stands in the middle of the stretch that its column spans
      const x = xOf(scale, sample + 0.5)
      const y = yOf(value)
      if (isJoined) context.lineTo(x, y)
      else context.moveTo(x, y)
      isJoined = true
      dots.push([x, y])
    }
  }
  context.stroke()
  if (1 / samplesPerPixel(scale) < dotDistance * ratio) return
  context.beginPath()
  for (const [x, y] of dots) {
    context.moveTo(x + 2 * ratio, y)
    context.arc(x, y, 2 * ratio, 0, 2 * Math.PI)
  }
  context.fill()
}

/** The line between stacked channels. */
export function paintLaneBorder(surface: Surface, y: number): void {
  surface.context.fillStyle = surface.palette.line
  horizontalLine(surface, 0, surface.plotLeft + surface.plotWidth, y)
}
