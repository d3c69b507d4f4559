import type { ScoreView } from '../../shared/app/study'
import type { Translate } from '../../shared/locales/translate'
import { formatProbability, formatSignificant, minus } from '../../shared/number-words'
import { formatSeconds } from '../services/format'
import type { ViewRange } from '../stores/use-view-store'
import { columnAt, probabilityAt, valueAtFrequency } from './readout'
import type { Scene, TileLayer } from './scene'
import { tickLabel } from './ticks'
import type { TileCache } from './tile-cache'
import { prettyUnit } from './track-words'

export interface ReadoutItem {
  readonly label: string
  readonly value: string
}

export interface ReadoutSource {
  readonly cache: TileCache
  readonly scene: Scene
  readonly view: ViewRange
  /** Device pixels of the plot. */
  readonly width: number
  readonly sampleRateHz: number
  readonly isRateKnown: boolean
  readonly channel: number
  /** null = unknown */
  readonly unit: string | null
  readonly score: ScoreView | undefined
  readonly isMapShown: boolean
}

/** What is under the cursor, track by track; what is not there yet is left out. */
export function cursorItems(
  source: ReadoutSource,
  sample: number,
  hertz: number | undefined,
  t: Translate,
): readonly ReadoutItem[] {
  const { cache, scene, view, width, sampleRateHz, score, unit } = source
  const column = (layer: TileLayer | undefined) =>
    layer === undefined ? undefined : columnAt(cache, layer, sample, view, width)
  const seconds = sample / sampleRateHz
  const wave = column(scene.lanes.find(({ channel }) => channel === source.channel)?.layer)
  const ribbon = column(scene.ribbon)
  const probability = score === undefined ? undefined : probabilityAt(score, seconds)
  const items: (ReadoutItem | undefined)[] = [
    source.isRateKnown
      ? { label: t('timeline.read.time'), value: preciseTime(seconds, (view.end - view.start) / sampleRateHz) }
      : { label: t('timeline.read.sample'), value: String(Math.floor(sample)) },
    wave && {
      label: t('timeline.read.amplitude'),
      value: amplitude(wave.tile.values, wave.tile.columns, wave.column, unit, t),
    },
    probability === undefined
      ? undefined
      : { label: t('timeline.read.probability'), value: measured(probability, formatProbability, t) },
    ribbon && { label: t('timeline.read.evidence'), value: measured(ribbon.tile.values[ribbon.column], logit, t) },
  ]
  if (hertz !== undefined) {
    const levels = column(scene.spectrogram)
    const map = source.isMapShown ? column(scene.map) : undefined
    const level = levels && valueAtFrequency(levels.tile, levels.column, hertz)
    const evidence = map && valueAtFrequency(map.tile, map.column, hertz)
    const frequency = t('unit.hertz', { value: formatSignificant(hertz) })
    if (level !== undefined) {
      const value = t('timeline.read.at', {
        value: measured(level, (each) => `${minus(each.toFixed(1))} dB`, t),
        frequency,
      })
      items.push({ label: t('timeline.read.level'), value })
    }
    if (evidence !== undefined) items.push({ label: t('timeline.read.map'), value: measured(evidence, logit, t) })
  }
  return items.filter((item) => item !== undefined)
}

/** The same where the rate is unknown: no time is guessed. */
export function sampleStretch(start: number, end: number, t: Translate): string {
  return t('timeline.read.samples', { start: Math.floor(start), end: Math.ceil(end) })
}

/** '1.25 s to 1.50 s (0.25 s)', as finely as a screen shows it. */
export function stretch(startSeconds: number, endSeconds: number, t: Translate): string {
  return t('timeline.read.stretch', {
    start: preciseTime(startSeconds, endSeconds - startSeconds),
    end: preciseTime(endSeconds, endSeconds - startSeconds),
    length: formatSeconds(endSeconds - startSeconds, t),
  })
}

/** A time as finely as a thousandth of the stretch that is seen. */
function preciseTime(seconds: number, seenSeconds: number): string {
  const step = 10 ** Math.floor(Math.log10(Math.max(seenSeconds / 1000, 1e-9)))
  return `${tickLabel(seconds, Math.min(1, step))} s`
}

function measured(value: number, say: (value: number) => string, t: Translate): string {
  return Number.isNaN(value) ? t('timeline.read.not-measured') : say(value)
}

function logit(value: number): string {
  return `${value > 0 ? '+' : ''}${minus(value.toFixed(2))} logit`
}

function amplitude(values: Float32Array, columns: number, column: number, unit: string | null, t: Translate): string {
  const [least, greatest] = [values[column], values[columns + column]]
  const range = (): string =>
    least === greatest
      ? formatSignificant(least)
      : t('timeline.read.range', { least: formatSignificant(least), greatest: formatSignificant(greatest) })
  return measured(least, () => (unit === null ? range() : `${range()} ${prettyUnit(unit)}`), t)
}
