import type { AnalysisResult } from '../../../shared/analysis'
import { formatSignificant } from '../../../shared/number-words'
import { attachmentName } from '../../../shared/report/block'
import type { LabelledValue, ReportBlockOf, ReportSection, ReportTable } from '../../../shared/report/document'
import type { ModelCard } from '../../../shared/model-card'
import { prettyUnit } from '../axis'
import { composeEvidenceScale } from '../chart-scale'
import type { Writing } from './report-input'
import { machineFolds, percent } from './suggestions'

/** Where everything comes from: files, model, settings, program. */
export function methodSection(writing: Writing, isPdf: boolean): ReportSection {
  const { t, input } = writing
  const results = allResults(writing)
  const blocks: ReportBlockOf[] = [
    { kind: 'paragraph', text: t('report.method.words'), isNote: false },
    { kind: 'subheading', text: t('report.method.files') },
    ...distinct(results, ({ file, channel }) => `${file.sha256} ${channel.name}`).map((result) =>
      fileFacts(result, writing),
    ),
  ]
  for (const result of distinct(results, ({ model }) => model.sha256)) {
    blocks.push({ kind: 'subheading', text: t('report.method.model') })
    blocks.push(...modelBlocks(result, input.cards.get(result.model.id), writing))
  }
  blocks.push({ kind: 'subheading', text: t('report.method.settings') })
  for (const result of distinct(results, (each) => `${each.model.id} ${JSON.stringify(each.settings)}`)) {
    blocks.push({ kind: 'facts', look: 'plain', items: settingFacts(result, writing) })
  }
  const check = isPdf ? t('report.method.check', { name: attachmentName }) : t('report.method.check-other')
  blocks.push({ kind: 'paragraph', text: check, isNote: false })
  return { title: t('report.method'), level: 1, startsPage: false, blocks }
}

/** Deciding results first, then those of the second networks. */
function allResults({ input }: Writing): AnalysisResult[] {
  const { channels } = input
  return [...channels.map(({ result }) => result), ...channels.flatMap(({ others }) => others)]
}

function distinct<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return [...new Map([...items].reverse().map((item) => [keyOf(item), item])).values()].reverse()
}

function fileFacts({ file, channel }: AnalysisResult, { t }: Writing): ReportBlockOf {
  return {
    kind: 'facts',
    look: 'plain',
    items: [
      { label: t('report.method.file'), value: `${file.name}${t('report.separator')}${channel.name}` },
      { label: t('report.method.hash'), value: file.sha256 },
      {
        label: t('report.method.signal'),
        value: `${file.format.toUpperCase()}${t('report.separator')}${t('report.method.signal-value', {
          samples: channel.sampleCount,
          rate: formatSignificant(channel.sampleRateHz),
          duration: formatSignificant(channel.durationSeconds),
          unit: channel.unit === null ? t('inspect.unknown') : prettyUnit(channel.unit),
        })}`,
      },
    ],
  }
}

function modelBlocks(result: AnalysisResult, card: ModelCard | undefined, writing: Writing): ReportBlockOf[] {
  const { t, locale } = writing
  const { model, settings } = result
  const items: LabelledValue[] = [
    {
      label: t('report.method.model'),
      value: t('report.method.model-value', {
        id: model.id,
        version: settings.modelVersion,
        kind: model.kind.toUpperCase(),
      }),
      note: card?.summary[locale],
    },
    { label: t('report.method.model-hash'), value: model.sha256 },
  ]
  if (card === undefined) return [{ kind: 'facts', look: 'plain', items }]
  const { machines, bearings, recordingCount } = card.trainedOn
  const trained = { machines: machines.length, bearings: bearings.length, count: recordingCount }
  items.push({ label: t('report.method.trained'), value: t('report.method.trained-value', trained) })
  return [
    { kind: 'facts', look: 'plain', items },
    figuresOfCard(card, writing),
    { kind: 'paragraph', text: t('report.method.auroc-words'), isNote: true },
  ]
}

function figuresOfCard(card: ModelCard, { t, table }: Writing): ReportTable {
  const auroc = (interval: { value: number; low: number; high: number } | null): string =>
    interval === null ? '–' : `${interval.value.toFixed(2)} [${interval.low.toFixed(2)}–${interval.high.toFixed(2)}]`
  return {
    kind: 'table',
    caption: table(t('report.method.figures')),
    columns: [
      { title: t('report.method.left-out'), isNumber: false, share: 2.4 },
      { title: t('report.method.recordings'), isNumber: true, share: 2 },
      { title: t('report.method.auroc'), isNumber: true, share: 2.9 },
      { title: t('report.method.auroc-kurtosis'), isNumber: true, share: 2.9 },
      { title: t('report.method.auroc-envelope'), isNumber: true, share: 2.9 },
      { title: t('report.method.false-alarms'), isNumber: true, share: 1.8 },
    ],
    rows: machineFolds(card).map((fold) => [
      fold.machine,
      `${fold.healthyCount} / ${fold.faultCount}`,
      auroc(fold.network.auroc),
      auroc(fold.kurtosis.auroc),
      auroc(fold.envelope.auroc),
      fold.network.falseAlarms === null ? '–' : percent(fold.network.falseAlarms),
    ]),
  }
}

function settingFacts({ settings, backend, model }: AnalysisResult, { t, input }: Writing): LabelledValue[] {
  const { thresholds, conditioning, baseline, given } = settings
  const { slowRmsSeconds } = conditioning
  const card = input.cards.get(model.id)
  const facts: LabelledValue[] = [
    { label: t('report.method.model'), value: model.id },
    {
      label: t('report.method.segments'),
      value: t('report.method.segments-value', {
        length: formatSignificant(settings.segmentSeconds),
        stride: formatSignificant(settings.segmentStrideSeconds),
      }),
    },
    {
      label: t('report.method.thresholds'),
      value: t('report.method.thresholds-value', {
        healthy: formatSignificant(thresholds.healthy),
        fault: formatSignificant(thresholds.fault),
        sustained: formatSignificant(thresholds.sustainedEventSeconds),
      }),
    },
  ]
  if (typeof slowRmsSeconds === 'number' && card !== undefined) {
    const value = t('report.method.conditioning-value', { rate: card.sampleRateHz, seconds: slowRmsSeconds })
    facts.push({ label: t('report.method.conditioning'), value })
  }
  facts.push(
    {
      label: t('report.method.baseline'),
      value:
        baseline === null
          ? t('report.method.baseline-none')
          : t('report.method.baseline-value', { count: baseline.recordingCount, sha256: baseline.sha256 }),
    },
    { label: t('report.method.given'), value: givenWords(given, t) },
    {
      label: t('report.method.program'),
      value: t('report.method.program-value', { version: settings.programVersion, backend }),
    },
  )
  return facts
}

function givenWords(
  { sampleRateHz, unit, shaftSpeedRpm }: AnalysisResult['settings']['given'],
  t: Writing['t'],
): string {
  const words = [
    sampleRateHz === undefined ? undefined : `${sampleRateHz} Hz`,
    unit === undefined ? undefined : prettyUnit(unit),
    shaftSpeedRpm === undefined ? undefined : t('header.speed', { rpm: shaftSpeedRpm }),
  ].filter((word) => word !== undefined)
  return words.length === 0 ? t('report.method.given-none') : words.join(t('report.separator'))
}

/** The fixed scale of each model, in words and as a picture. */
export function coloursSection(writing: Writing): ReportSection {
  const { t, locale, figure } = writing
  const blocks: ReportBlockOf[] = [{ kind: 'paragraph', text: t('report.colours.words'), isNote: false }]
  for (const { model, settings } of distinct(allResults(writing), (each) => each.model.id)) {
    const words = { model: model.id, scale: formatSignificant(settings.colourScaleLogit) }
    const { svg, widthPx, heightPx } = composeEvidenceScale(settings.colourScaleLogit, locale)
    const alt = t('report.colours.alt', words)
    blocks.push({ kind: 'figure', ...figure(t('report.colours.caption', words)), alt, svg, widthPx, heightPx })
  }
  blocks.push({ kind: 'paragraph', text: t('report.colours.hatched'), isNote: false })
  blocks.push({ kind: 'paragraph', text: t('report.colours.not'), isNote: false })
  return { title: t('report.colours'), level: 1, startsPage: false, blocks }
}

export function limitsSection(writing: Writing, isPdf: boolean): ReportSection {
  const { t, input } = writing
  const items = [t('report.limits.part'), t('report.limits.moment')]
  if (isPdf) items.push(t('report.limits.letters'))
  const blocks: ReportBlockOf[] = [{ kind: 'list', items }]
  const deciding = input.cards.get(input.channels[0].result.model.id)
  if (deciding !== undefined && deciding.evaluation.limits.length > 0) {
    blocks.push({ kind: 'paragraph', text: t('report.limits.model'), isNote: false })
    blocks.push({ kind: 'list', items: deciding.evaluation.limits })
  }
  const { closing } = input.block.template
  if (closing !== undefined) blocks.push({ kind: 'paragraph', text: closing, isNote: true })
  return { title: t('report.limits'), level: 1, startsPage: false, blocks }
}
