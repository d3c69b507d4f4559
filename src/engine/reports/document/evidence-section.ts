import { channelLabel } from '../../../shared/locales/channel-label'
import { formatProbability, formatSignificant } from '../../../shared/number-words'
import type { ReportBlockOf, ReportFigure, ReportSection } from '../../../shared/report/document'
import { annotationSeverities, knownFaultTypes } from '../../../shared/project/annotation'
import { prettyUnit } from '../axis'
import type { Chart } from '../report-canvas'
import { diagnosisBlocks } from './diagnosis-blocks'
import type { ReportChannel, SpectrumChart, Writing } from './report-input'

const mostEvents = 12

/** Everything about one channel that can be looked at. */
export function evidenceSection(channel: ReportChannel, writing: Writing): ReportSection {
  const { t, input } = writing
  const { result } = channel
  const title =
    input.channels.length === 1
      ? t('report.evidence')
      : t('report.evidence.of', { name: result.file.name, channel: channelLabel(result.channel.name, t) })
  const { sections } = input.block.template
  const has = (name: 'annotations' | 'quality'): boolean => sections === undefined || sections.includes(name)
  const blocks = [
    ...reasonBlocks(channel, writing),
    timelineFigure(channel, writing),
    ...eventBlocks(channel, writing),
    ...closeUpFigure(channel, writing),
    spectrogramFigure(channel, writing),
    ...spectrumFigures(channel, writing),
    ...diagnosisBlocks(channel, writing),
    ...indicatorBlocks(channel, writing),
    ...(has('annotations') ? annotationBlocks(channel, writing) : []),
    ...(has('quality') ? qualityBlocks(channel, writing) : []),
  ]
  return { title, level: 1, startsPage: true, blocks }
}

function figureOf({ svg, widthPx, heightPx }: Chart, words: string, alt: string, { figure }: Writing): ReportFigure {
  return { kind: 'figure', ...figure(words), alt, svg, widthPx, heightPx }
}

function nameOf({ result }: ReportChannel, { t }: Writing): string {
  return `${result.file.name}${t('report.separator')}${channelLabel(result.channel.name, t)}`
}

function reasonBlocks({ result }: ReportChannel, { t, input }: Writing): ReportBlockOf[] {
  // of several channels each says its own verdict first
  const own = `${t(`verdict.${result.verdict}`)}. ${t(`verdict.${result.verdict}.sentence`)}`
  const items = [...(input.channels.length > 1 ? [own] : []), ...result.reasons]
  if (items.length === 0) return []
  return [
    { kind: 'subheading', text: t('report.reasons') },
    { kind: 'list', items },
  ]
}

function timelineFigure(channel: ReportChannel, writing: Writing): ReportFigure {
  const { t } = writing
  const { result, charts } = channel
  const alt = t('report.timeline.alt', {
    duration: formatSignificant(result.channel.durationSeconds),
    verdict: t(`verdict.${result.verdict}`),
    events: result.events.length,
  })
  return figureOf(charts.timeline, t('report.timeline.caption', { name: nameOf(channel, writing) }), alt, writing)
}

function eventBlocks({ result }: ReportChannel, { t, table }: Writing): ReportBlockOf[] {
  const { events, settings, probability } = result
  if (probability === null) return []
  if (events.length === 0) return [{ kind: 'paragraph', text: t('report.events.none'), isNote: true }]
  const length = (event: (typeof events)[number]): number => event.endSeconds - event.startSeconds
  const shown = [...events]
    .sort((a, b) => length(b) - length(a))
    .slice(0, mostEvents)
    .sort((a, b) => a.startSeconds - b.startSeconds)
  const blocks: ReportBlockOf[] = [
    {
      kind: 'table',
      caption: table(t('report.events.caption', { threshold: formatSignificant(settings.thresholds.fault) })),
      columns: [
        { title: t('report.events.from'), isNumber: true, share: 1 },
        { title: t('report.events.to'), isNumber: true, share: 1 },
        { title: t('report.events.length'), isNumber: true, share: 1 },
        { title: t('report.events.peak'), isNumber: true, share: 1.5 },
        { title: t('report.events.evidence'), isNumber: true, share: 1.7 },
      ],
      rows: shown.map((event) => [
        formatSignificant(event.startSeconds),
        formatSignificant(event.endSeconds),
        formatSignificant(length(event)),
        formatProbability(event.peakProbability),
        formatSignificant(event.evidence),
      ]),
    },
  ]
  if (shown.length < events.length) {
    const words = t('report.events.more', { shown: shown.length, total: events.length })
    blocks.push({ kind: 'paragraph', text: words, isNote: true })
  }
  return blocks
}

function closeUpFigure({ charts }: ReportChannel, writing: Writing): ReportFigure[] {
  const { closeUp } = charts
  if (closeUp === undefined) return []
  const span = { start: formatSignificant(closeUp.startSeconds), end: formatSignificant(closeUp.endSeconds) }
  const { t } = writing
  return [figureOf(closeUp.chart, t('report.close-up.caption', span), t('report.close-up.alt', span), writing)]
}

function spectrogramFigure(channel: ReportChannel, writing: Writing): ReportFigure {
  const { t } = writing
  const { charts, result } = channel
  const key = charts.hasMap ? 'report.spectrogram.caption' : 'report.spectrogram.caption-plain'
  const alt = t('report.spectrogram.alt', { high: formatSignificant(result.channel.sampleRateHz / 2000) })
  return figureOf(charts.spectrogram, t(key, { name: nameOf(channel, writing) }), alt, writing)
}

function spectrumFigures({ charts }: ReportChannel, writing: Writing): ReportBlockOf[] {
  const { t } = writing
  const blocks: ReportBlockOf[] = []
  const altOf = ({ peaksHz }: SpectrumChart): string =>
    t('report.spectrum.alt', { peaks: peaksHz.map(formatSignificant).join(t('report.separator')) })
  if (charts.spectrum !== undefined) {
    const { averageCount, binHz } = charts.spectrum.spectrum
    const words = { averages: averageCount, resolution: formatSignificant(binHz) }
    blocks.push(figureOf(charts.spectrum.chart, t('report.spectrum.caption', words), altOf(charts.spectrum), writing))
  }
  if (charts.envelope !== undefined) {
    const { averageCount, envelopeBandHz } = charts.envelope.spectrum
    const [low, high] = envelopeBandHz ?? [0, 0]
    const words = { averages: averageCount, low: Math.round(low), high: Math.round(high) }
    blocks.push(figureOf(charts.envelope.chart, t('report.envelope.caption', words), altOf(charts.envelope), writing))
  }
  if (charts.envelopeProblem !== undefined) {
    const text = t('report.envelope.none', { message: charts.envelopeProblem })
    blocks.push({ kind: 'paragraph', text, isNote: true })
  }
  return blocks
}

function indicatorBlocks({ result }: ReportChannel, { t, table }: Writing): ReportBlockOf[] {
  const { indicators, channel, score } = result
  const withUnit = (value: number | null): string =>
    channel.unit === null
      ? `${formatSignificant(value)} ${t('cli.unit-unknown')}`
      : `${formatSignificant(value)} ${prettyUnit(channel.unit)}`
  const velocity = indicators.velocityRmsMmS
  const rows = [
    [t('report.indicator.rms'), withUnit(indicators.rms), t('report.reading.rms')],
    [t('report.indicator.peak'), withUnit(indicators.peak), t('report.reading.peak')],
    [t('report.indicator.crest'), formatSignificant(indicators.crestFactor), t('report.reading.crest')],
    [t('report.indicator.kurtosis'), formatSignificant(indicators.kurtosis), t('report.reading.kurtosis')],
    [t('report.indicator.skewness'), formatSignificant(indicators.skewness), t('report.reading.skewness')],
    [
      t('report.indicator.velocity'),
      velocity === null ? '–' : `${formatSignificant(velocity)} mm/s`,
      t(velocity === null ? 'report.reading.velocity-none' : 'report.reading.velocity'),
    ],
    [
      t('report.indicator.score'),
      `${formatSignificant(score.logit)} logit`,
      baselineReading(result.settings.baseline, t),
    ],
  ]
  return [
    {
      kind: 'table',
      caption: table(t('report.indicators.caption')),
      columns: [
        { title: t('report.indicators.name'), isNumber: false, share: 3.4 },
        { title: t('report.indicators.value'), isNumber: true, share: 2.6 },
        { title: t('report.indicators.reading'), isNumber: false, share: 6 },
      ],
      rows,
    },
  ]
}

function baselineReading(baseline: ReportChannel['result']['settings']['baseline'], t: Writing['t']): string {
  if (baseline === null) return t('report.reading.no-baseline')
  return t('report.reading.baseline', {
    count: baseline.recordingCount,
    mean: formatSignificant(baseline.meanLogit),
    spread: formatSignificant(baseline.spreadLogit),
  })
}

function annotationBlocks({ charts }: ReportChannel, writing: Writing): ReportBlockOf[] {
  if (charts.annotations.length === 0) return []
  const { t } = writing
  const blocks: ReportBlockOf[] = [{ kind: 'subheading', text: t('report.annotations') }]
  for (const { annotation, chart } of charts.annotations) {
    const { startSeconds, endSeconds, kind, faultType, severity, author, time, text } = annotation
    const span = { start: formatSignificant(startSeconds), end: formatSignificant(endSeconds) }
    const kinds = [t(`report.annotation.${kind}`), faultWords(faultType, t), severityWords(severity, t)]
    const words = kinds.filter((word) => word !== undefined).join(t('report.separator'))
    const by = author === undefined ? '' : `(${t('report.annotation.by', { author, time: time ?? '–' })})`
    blocks.push({
      kind: 'paragraph',
      lead: `${words}${t('report.separator')}${t('report.annotation.range', span)}`,
      text: [text, by].filter((part) => part !== '').join(' '),
      isNote: false,
    })
    blocks.push(
      figureOf(
        chart,
        t('report.annotation.caption', { kind: words, ...span }),
        t('report.close-up.alt', span),
        writing,
      ),
    )
  }
  return blocks
}

/** Known kinds have words in every language; others are shown as the analyst wrote them. */
function faultWords(faultType: string | undefined, t: Writing['t']): string | undefined {
  const known = knownFaultTypes.find((each) => each === faultType)
  return known === undefined ? faultType : t(`fault-type.${known}`)
}

export function severityWords(severity: string | undefined, t: Writing['t']): string | undefined {
  const known = annotationSeverities.find((each) => each === severity)
  return known === undefined ? severity : t(`annotation.severity.${known}`)
}

function qualityBlocks({ result }: ReportChannel, { t }: Writing): ReportBlockOf[] {
  const heading: ReportBlockOf = { kind: 'subheading', text: t('report.quality') }
  if (result.quality.length === 0) {
    return [heading, { kind: 'paragraph', text: t('report.quality.none'), isNote: false }]
  }
  const items = result.quality.map(({ message, startSeconds, endSeconds }) => {
    if (startSeconds === undefined || endSeconds === undefined) return message
    const span = { start: formatSignificant(startSeconds), end: formatSignificant(endSeconds) }
    return `${message} (${t('report.quality.from', span)})`
  })
  return [heading, { kind: 'list', items }]
}
