import type { SpectrumView } from '../../shared/app/study'
import type { Translate } from '../../shared/locales/translate'
import { formatSignificant } from '../../shared/number-words'
import type { ChartColours } from './chart-colours'
import { levelDb, thinSpectrum, type FrequencyScale } from './frequency-axis'
import type { CursorLine } from './spectrum-cursors'

export interface SpectrumOptions {
  readonly spectrum: SpectrumView
  readonly scale: FrequencyScale
  readonly isDb: boolean
  readonly cursors: readonly CursorLine[]
  /** Of a chosen fault. */
  readonly faultLines: readonly CursorLine[]
  readonly colours: ChartColours
  readonly t: Translate
}

const mostPoints = 4000

/** ECharts option: one line, axes with units, cursor lines with their labels. */
export function spectrumOption({ spectrum, scale, isDb, cursors, faultLines, colours, t }: SpectrumOptions) {
  const { amplitude, binHz, unit } = spectrum
  const height = (value: number): number => (isDb ? levelDb(value) : value)
  const data = thinSpectrum(amplitude, mostPoints).map(({ bin, value }) => [bin * binHz * scale.factor, height(value)])
  const unitWords = unit ?? t('inspect.unknown')
  return {
    animation: false,
    backgroundColor: 'transparent',
    grid: { left: 64, right: 16, top: 26, bottom: 40 },
    textStyle: { color: colours.ink },
    xAxis: axis(t(`spectrum.axis.${scale.unit}`), 'middle', 26, colours),
    yAxis: {
      ...axis(t(isDb ? 'spectrum.axis.level' : 'spectrum.axis.amplitude', { unit: unitWords }), 'end', 8, colours),
      scale: isDb,
      nameTextStyle: { color: colours.muted, align: 'left', padding: [0, 0, 0, -56] },
    },
    dataZoom: [{ type: 'inside', filterMode: 'none' }],
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'cross', label: { formatter: labelText } },
      valueFormatter: plainText,
    },
    series: [
      {
        type: 'line',
        data,
        showSymbol: false,
        lineStyle: { width: 1, color: colours.accent },
        itemStyle: { color: colours.accent },
        markLine: {
          symbol: 'none',
          animation: false,
          silent: true,
          label: { fontSize: 10, formatter: ({ name }: { readonly name: string }) => name },
          data: [
            ...markedLines(faultLines, scale, colours.uncertain, 'solid'),
            ...markedLines(cursors, scale, colours.fault, 'dashed'),
          ],
        },
      },
    ],
  }
}

function markedLines(
  lines: readonly CursorLine[],
  { factor }: FrequencyScale,
  color: string,
  type: 'solid' | 'dashed',
) {
  return lines.map(({ label, frequencyHz }) => ({
    name: label,
    xAxis: frequencyHz * factor,
    lineStyle: { color, type, width: 1 },
    label: { color },
  }))
}

const plainText = (value: unknown): string => (typeof value === 'number' ? formatSignificant(value) : String(value))
const labelText = ({ value }: { readonly value: unknown }): string => plainText(value)

function axis(name: string, nameLocation: 'middle' | 'end', nameGap: number, colours: ChartColours) {
  return {
    type: 'value' as const,
    name,
    nameLocation,
    nameGap,
    min: nameLocation === 'middle' ? 0 : undefined,
    max: nameLocation === 'middle' ? ('dataMax' as const) : undefined,
    nameTextStyle: { color: colours.muted },
    axisLine: { lineStyle: { color: colours.line } },
    axisLabel: { color: colours.muted, formatter: (value: number) => formatSignificant(value), hideOverlap: true },
    splitLine: { lineStyle: { color: colours.line, opacity: 0.6 } },
  }
}
