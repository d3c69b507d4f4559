import type { ScoreView } from '../../shared/app/study'
import { hatch, horizontalLine, insidePlot, type Surface } from './surface'
import { xOf, type TimeScale } from './time-scale'
import { drawValueAxis } from './value-axis'

export interface ProbabilityTrack {
  readonly scale: TimeScale
  readonly sampleRateHz: number
  readonly score: ScoreView
  /** Index of the event that is selected. */
  readonly selectedEvent: number | undefined
}

const edge = 3 // CSS pixels above 1 and below 0

/** Probability of each segment at its middle, over zones that the thresholds part; events are shaded. */
export function paintProbability(surface: Surface, track: ProbabilityTrack): void {
  const { height, ratio } = surface
  const { thresholds } = track.score
  const top = edge * ratio
  const yOf = (value: number): number => top + (1 - value) * (height - 2 * top)
  insidePlot(surface, () => {
    paintZones(surface, yOf(thresholds.fault), yOf(thresholds.healthy))
    paintUnscored(surface, track)
    paintEvents(surface, track)
  })
  const ticks = (height > 56 * ratio ? [0, 0.5, 1] : [0, 1]).map((value) => ({ y: yOf(value), label: String(value) }))
  drawValueAxis(surface, ticks, 0, height)
  insidePlot(surface, () => {
    paintThreshold(surface, yOf(thresholds.fault), surface.palette.fault)
    paintThreshold(surface, yOf(thresholds.healthy), surface.palette.healthy)
    paintLine(surface, track, yOf)
  })
}

function paintZones(
  { context, palette, plotLeft, plotWidth, height }: Surface,
  faultY: number,
  healthyY: number,
): void {
  const zones = [
    { from: 0, to: faultY, colour: palette.faultSoft },
    { from: faultY, to: healthyY, colour: palette.uncertainSoft },
    { from: healthyY, to: height, colour: palette.healthySoft },
  ]
  for (const { from, to, colour } of zones) {
    context.fillStyle = colour
    context.globalAlpha = 0.65
    context.fillRect(plotLeft, from, plotWidth, to - from)
  }
  context.globalAlpha = 1
}

/** Before the first and after the last segment, and where a segment has no number. */
function paintUnscored(surface: Surface, { scale, sampleRateHz, score }: ProbabilityTrack): void {
  const { probabilities, startSeconds, strideSeconds, segmentSeconds } = score
  const { plotLeft, plotWidth, height } = surface
  const x = (seconds: number): number => xOf(scale, seconds * sampleRateHz)
  const last = startSeconds + (probabilities.length - 1) * strideSeconds + segmentSeconds
  hatch(surface, plotLeft, Math.min(plotLeft + plotWidth, x(startSeconds)), 0, height)
  hatch(surface, Math.max(plotLeft, x(last)), plotLeft + plotWidth, 0, height)
  const middle = startSeconds + segmentSeconds / 2
  for (let i = 0; i < probabilities.length; i++) {
    if (!Number.isNaN(probabilities[i])) continue
    const from = x(middle + (i - 0.5) * strideSeconds)
    let end = i + 1
    while (end < probabilities.length && Number.isNaN(probabilities[end])) end++
    hatch(surface, Math.max(plotLeft, from), x(middle + (end - 0.5) * strideSeconds), 0, height)
    i = end
  }
}

function paintEvents(surface: Surface, { scale, sampleRateHz, score, selectedEvent }: ProbabilityTrack): void {
  const { context, palette, height, ratio } = surface
  score.events.forEach(({ startSeconds, endSeconds }, index) => {
    const left = Math.round(xOf(scale, startSeconds * sampleRateHz))
    const right = Math.max(left + Math.round(2 * ratio), Math.round(xOf(scale, endSeconds * sampleRateHz)))
    context.fillStyle = palette.fault
    context.globalAlpha = index === selectedEvent ? 0.32 : 0.16
    context.fillRect(left, 0, right - left, height)
    context.globalAlpha = 1
    context.fillRect(left, 0, right - left, Math.round((index === selectedEvent ? 4 : 2) * ratio))
  })
}

function paintThreshold(surface: Surface, y: number, colour: string): void {
  const { context, ratio, plotLeft, plotWidth } = surface
  context.fillStyle = colour
  for (let x = plotLeft; x < plotLeft + plotWidth; x += 8 * ratio) horizontalLine(surface, x, x + 5 * ratio, y)
}

/** Several segments a pixel are drawn from their least to their greatest. */
function paintLine(surface: Surface, track: ProbabilityTrack, yOf: (value: number) => number): void {
  const { context, palette, ratio } = surface
  const { probabilities, startSeconds, strideSeconds, segmentSeconds } = track.score
  const { scale, sampleRateHz } = track
  const sampleOf = (index: number): number => (startSeconds + segmentSeconds / 2 + index * strideSeconds) * sampleRateHz
  const stride = strideSeconds * sampleRateHz
  const first = Math.max(0, Math.floor((scale.view.start - sampleOf(0)) / stride) - 1)
  const last = Math.min(probabilities.length - 1, Math.ceil((scale.view.end - sampleOf(0)) / stride) + 1)
  context.strokeStyle = palette.ink
  context.lineWidth = 1.5 * ratio
  context.lineJoin = 'round'
  context.beginPath()
  let isJoined = false
  for (let i = first; i <= last;) {
    const x = xOf(scale, sampleOf(i))
    const end = Math.max(i + 1, Math.min(last + 1, firstBeyond(scale, sampleOf, stride, i, Math.floor(x) + 1)))
    const { low, high } = extent(probabilities, i, end)
    i = end
    if (low > high) {
      isJoined = false
      continue
    }
    if (isJoined) context.lineTo(x, yOf(high))
    else context.moveTo(x, yOf(high))
    if (low < high) context.lineTo(x, yOf(low))
    isJoined = true
  }
  context.stroke()
  // one segment alone has no line: a dot
  if (first === last && !Number.isNaN(probabilities[first]))
    dot(surface, xOf(scale, sampleOf(first)), yOf(probabilities[first]))
}

/** The first segment whose middle lies at `x` or beyond. */
function firstBeyond(
  scale: TimeScale,
  sampleOf: (i: number) => number,
  stride: number,
  from: number,
  x: number,
): number {
  const perPixel = (scale.view.end - scale.view.start) / scale.width
  return from + Math.ceil(((x - xOf(scale, sampleOf(from))) * perPixel) / stride)
}

function extent(values: Float32Array, from: number, to: number): { readonly low: number; readonly high: number } {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (let i = from; i < to; i++) {
    if (values[i] < low) low = values[i]
    if (values[i] > high) high = values[i]
  }
  return { low, high }
}

function dot({ context, palette, ratio }: Surface, x: number, y: number): void {
  context.fillStyle = palette.ink
  context.beginPath()
  context.arc(x, y, 3 * ratio, 0, 2 * Math.PI)
  context.fill()
}
