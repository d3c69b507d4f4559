import type { Hypothesis } from '../../../shared/diagnosis/diagnosis'
import { formatSignificant } from '../../../shared/number-words'
import type { LabelledValue, ReportBlockOf, ReportTable } from '../../../shared/report/document'
import type { ReportChannel, Writing } from './report-input'

/** What envelope and beat of the evidence say beside the network; empty where nobody asked them. */
export function diagnosisBlocks({ result }: ReportChannel, writing: Writing): ReportBlockOf[] {
  const { diagnosis } = result
  if (diagnosis === null) return []
  const { t } = writing
  const { witness, evidenceBeat } = diagnosis
  const [leading] = witness.hypotheses
  const points = [
    ...witness.reasons,
    ...(leading === undefined ? [] : leading.evidenceFor.map((words) => t('report.witness.for', { words }))),
    ...(leading === undefined ? [] : leading.evidenceAgainst.map((words) => t('report.witness.against', { words }))),
  ]
  const facts: LabelledValue[] = [
    { label: t('together.title'), value: diagnosis.sentence },
    { label: t('witness.title'), value: witness.sentence },
    ...(evidenceBeat === null ? [] : [{ label: t('beat.title'), value: evidenceBeat.sentence }]),
    { label: t('report.witness.bearing'), value: bearingWords(diagnosis.bearing, t) },
  ]
  return [
    { kind: 'subheading', text: t('report.witness') },
    { kind: 'facts', look: 'plain', items: facts },
    ...(witness.hypotheses.length === 0 ? [] : [hypothesisTable(witness.hypotheses, writing)]),
    ...(points.length === 0 ? [] : [{ kind: 'list', items: points } as const]),
  ]
}

type BearingOf = NonNullable<ReportChannel['result']['diagnosis']>['bearing']

function bearingWords(bearing: BearingOf, t: Writing['t']): string {
  if (bearing === null) return t('report.unknown')
  const orders = t('report.witness.orders', {
    bpfo: formatSignificant(bearing.bpfoOrders),
    bpfi: formatSignificant(bearing.bpfiOrders),
    bsf: formatSignificant(bearing.bsfOrders),
    ftf: formatSignificant(bearing.ftfOrders),
  })
  return `${bearing.designation}${t('report.separator')}${orders}`
}

function hypothesisTable(hypotheses: readonly Hypothesis[], { t, table }: Writing): ReportTable {
  const signed = (value: number | null): string => (value !== null && value > 0 ? '+' : '') + formatSignificant(value)
  return {
    kind: 'table',
    caption: table(t('report.witness.caption')),
    columns: [
      { title: t('report.witness.part'), isNumber: false, share: 2 },
      { title: t('report.witness.expected'), isNumber: true, share: 1.5 },
      { title: t('report.witness.found'), isNumber: true, share: 1.4 },
      { title: t('report.witness.off'), isNumber: true, share: 1.6 },
      { title: t('report.witness.strength'), isNumber: true, share: 1.9 },
      { title: t('report.witness.depth'), isNumber: true, share: 1.8 },
      { title: t('report.witness.says'), isNumber: false, share: 2.2 },
    ],
    rows: hypotheses.map((each) => [
      t(`part.${each.part}`),
      formatSignificant(each.expectedHz),
      formatSignificant(each.foundHz),
      signed(each.offPercent),
      formatSignificant(each.strengthDb),
      formatSignificant(each.depth === null ? null : 100 * each.depth),
      t(!each.isJudged ? 'report.witness.not-judged' : each.isIndicated ? 'report.witness.yes' : 'report.witness.no'),
    ]),
  }
}
