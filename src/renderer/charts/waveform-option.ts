import type { Translate } from '../../shared/locales/translate'
import { formatSignificant } from '../../shared/number-words'
import type { ChartColours } from './chart-colours'

export interface WaveformOptions {
  readonly samples: Float32Array
  readonly unit: string | null
  readonly startSample: number
  readonly sampleRateHz: number
  readonly colours: ChartColours
  readonly t: Translate
}

const fewEnoughForDots = 400

/** ECharts option of single samples over time in seconds; NaN leaves a gap. */
export function waveformOption({ samples, unit, startSample, sampleRateHz, colours, t }: WaveformOptions) {
  const data = Array.from(samples, (value, index) => [(startSample + index) / sampleRateHz, value])
  const label = { color: colours.muted, formatter: (value: number) => formatSignificant(value), hideOverlap: true }
  const splitLine = { lineStyle: { color: colours.line, opacity: 0.6 } }
  return {
    animation: false,
    grid: { left: 64, right: 16, top: 26, bottom: 40 },
    xAxis: {
      type: 'value' as const,
      min: 'dataMin' as const,
      max: 'dataMax' as const,
      name: t('time.axis', { unit: 's' }),
      nameLocation: 'middle' as const,
      nameGap: 26,
      nameTextStyle: { color: colours.muted },
      axisLabel: {
        ...label,
        showMaxLabel: false, // the last sample is hardly ever at a round time
        formatter: (value: number) => String(Number(value.toPrecision(6))),
      },
      splitLine,
    },
    yAxis: {
      type: 'value' as const,
      scale: true,
      name: unit ?? t('waveform.axis-unknown'),
      nameTextStyle: { color: colours.muted, align: 'left' as const, padding: [0, 0, 0, -56] },
      axisLabel: label,
      splitLine,
    },
    dataZoom: [{ type: 'inside' as const, filterMode: 'none' as const }],
    tooltip: {
      trigger: 'axis' as const,
      valueFormatter: (value: unknown) => `${formatSignificant(Number(value))} ${unit ?? ''}`,
    },
    series: [
      {
        type: 'line' as const,
        data,
        showSymbol: samples.length <= fewEnoughForDots,
        symbolSize: 3,
        sampling: 'minmax' as const,
        lineStyle: { width: 1, color: colours.accent },
        itemStyle: { color: colours.accent },
      },
    ],
  }
}
