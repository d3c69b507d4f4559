import type { BaselineComparison } from '../../shared/diagnosis/views'
import type { Translate } from '../../shared/locales/translate'
import { formatSignificant } from '../../shared/number-words'
import type { ChartColours } from '../charts/chart-colours'
import { thinSpectrum } from '../charts/frequency-axis'

export interface BaselineOptions {
  readonly comparison: Pick<BaselineComparison, 'unit' | 'binHz' | 'current' | 'baseline' | 'differenceDb'>
  readonly colours: ChartColours
  readonly t: Translate
}

const mostPoints = 3000

/** ECharts option: both spectra over each other, below them their difference in dB over the same axis. */
export function baselineOption({ comparison, colours, t }: BaselineOptions) {
  const { binHz, current, baseline, differenceDb, unit } = comparison
  const points = (values: Float32Array) =>
    thinSpectrum(values, mostPoints).map(({ bin, value }) => [bin * binHz, value])
  // where one of the two is 0 there is no difference in dB
  const differences = Array.from(differenceDb, (value, bin) => [bin * binHz, value]).filter(([, value]) =>
    Number.isFinite(value),
  )
  const frequency = { ...valueAxis(colours), min: 0, max: binHz * current.length }
  const level = (name: string) => ({
    ...valueAxis(colours),
    name,
    nameTextStyle: { color: colours.muted, align: 'left' as const, padding: [0, 0, 0, -56] },
  })
  const line = (name: string, data: number[][], color: string, index: number) => ({
    name,
    type: 'line' as const,
    xAxisIndex: index,
    yAxisIndex: index,
    data,
    showSymbol: false,
    lineStyle: { width: 1, color },
    itemStyle: { color },
  })
  return {
    animation: false,
    grid: [
      { left: 64, right: 16, top: 24, height: '40%' },
      { left: 64, right: 16, bottom: 36, height: '26%' },
    ],
    xAxis: [
      { ...frequency, gridIndex: 0, axisLabel: { show: false } },
      {
        ...frequency,
        gridIndex: 1,
        name: t('spectrum.axis.Hz'),
        nameLocation: 'middle' as const,
        nameGap: 22,
        nameTextStyle: { color: colours.muted },
      },
    ],
    yAxis: [
      { ...level(t('spectrum.axis.amplitude', { unit: unit ?? t('inspect.unknown') })), gridIndex: 0 },
      { ...valueAxis(colours), gridIndex: 1, splitNumber: 2 },
    ],
    dataZoom: [{ type: 'inside' as const, filterMode: 'none' as const, xAxisIndex: [0, 1] }],
    tooltip: { trigger: 'axis' as const, valueFormatter: (value: unknown) => formatSignificant(Number(value)) },
    series: [
      line(t('baseline.healthy'), points(baseline), colours.muted, 0),
      line(t('baseline.current'), points(current), colours.accent, 0),
      { ...line(t('baseline.difference'), differences, colours.fault, 1), sampling: 'lttb' as const },
    ],
  }
}

function valueAxis(colours: ChartColours) {
  return {
    type: 'value' as const,
    axisLabel: { color: colours.muted, formatter: (value: number) => formatSignificant(value), hideOverlap: true },
    splitLine: { lineStyle: { color: colours.line, opacity: 0.6 } },
  }
}
