import type { FaultLine } from '../../shared/diagnosis/diagnosis'
import type { EnvelopeLinesView } from '../../shared/diagnosis/witness-views'
import type { Translate } from '../../shared/locales/translate'
import { formatSignificant } from '../../shared/number-words'
import type { ChartColours } from '../charts/chart-colours'

export interface EnvelopeOptions {
  readonly spectrum: EnvelopeLinesView
  readonly lines: readonly FaultLine[]
  readonly highestHz: number
  readonly colours: ChartColours
  readonly t: Translate
}

/** ECharts option: depth over frequency, the noise below it, and for each line its slip window and what was found. */
export function envelopeOption({ spectrum, lines, highestHz, colours, t }: EnvelopeOptions) {
  const { binHz } = spectrum
  const count = Math.min(spectrum.depth.length, Math.ceil(highestHz / binHz))
  const points = (values: Float32Array) => Array.from(values.subarray(0, count), (value, bin) => [bin * binHz, value])
  const shown = lines.filter(({ state, lowHz }) => state !== 'beyond' && lowHz < highestHz)
  return {
    animation: false,
    grid: { left: 56, right: 14, top: 30, bottom: 38 },
    tooltip: { trigger: 'axis' as const, valueFormatter: (value: unknown) => formatSignificant(Number(value)) },
    dataZoom: [{ type: 'inside' as const, filterMode: 'none' as const }],
    ...axes(highestHz, colours, t),
    series: [
      {
        name: t('diagnosis.depth'),
        type: 'line' as const,
        data: points(spectrum.depth),
        showSymbol: false,
        lineStyle: { width: 1, color: colours.accent },
        itemStyle: { color: colours.accent },
        markArea: {
          silent: true,
          itemStyle: { color: colours.uncertain, opacity: 0.2 },
          data: shown.map(({ lowHz, highHz }) => [{ xAxis: lowHz }, { xAxis: highHz }]),
        },
        markLine: {
          silent: true,
          symbol: 'none',
          animation: false,
          label: { fontSize: 10, color: colours.fault, formatter: ({ name }: { readonly name: string }) => name },
          lineStyle: { color: colours.fault, type: 'solid' as const, width: 1 },
          data: shown.flatMap(({ foundHz, label: name, state }) =>
            state === 'found' && foundHz !== null ? [{ name, xAxis: foundHz }] : [],
          ),
        },
      },
      {
        name: t('diagnosis.noise'),
        type: 'line' as const,
        data: points(spectrum.noise),
        showSymbol: false,
        lineStyle: { width: 1, color: colours.muted, type: 'dashed' as const },
        itemStyle: { color: colours.muted },
      },
    ],
  }
}

function axes(highestHz: number, colours: ChartColours, t: Translate) {
  const nameTextStyle = { color: colours.muted }
  const splitLine = { lineStyle: { color: colours.line, opacity: 0.6 } }
  const axisLabel = {
    color: colours.muted,
    formatter: (value: number) => formatSignificant(value),
    hideOverlap: true,
  }
  const shared = { type: 'value' as const, axisLabel, splitLine }
  return {
    xAxis: {
      ...shared,
      min: 0,
      max: highestHz,
      name: t('spectrum.axis.Hz'),
      nameLocation: 'middle' as const,
      nameGap: 24,
      nameTextStyle,
    },
    yAxis: {
      ...shared,
      name: t('diagnosis.depth'),
      nameTextStyle: { ...nameTextStyle, align: 'left' as const, padding: [0, 0, 0, -48] },
    },
  }
}

/** High enough to show the lines that were looked for, and a little more. */
export function highestShownHz(lines: readonly FaultLine[], spectrum: EnvelopeLinesView): number {
  const reach = spectrum.binHz * spectrum.depth.length
  const highest = Math.max(0, ...lines.filter(({ state }) => state !== 'beyond').map(({ highHz }) => highHz))
  return Math.min(reach, highest > 0 ? 1.1 * highest : Math.min(reach, 500))
}
