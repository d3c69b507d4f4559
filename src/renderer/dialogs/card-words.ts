import type { EvaluationFold, ModelCard } from '../../shared/model-card'

export interface FoldRow {
  readonly name: string
  readonly recordings: string
  readonly network: string
  readonly kurtosis: string
  readonly envelope: string
  readonly commissioned: string
  readonly falseAlarms: string
}

/** Folds that left a machine out, or a bearing; figures as on the card, "–" where none was measured. */
export function foldRows({ evaluation }: ModelCard, kind: 'machine' | 'bearing'): readonly FoldRow[] {
  return evaluation.folds.filter(({ name }) => name.startsWith('machine ') === (kind === 'machine')).map(rowOf)
}

function rowOf({ name, healthyCount, faultCount, network, kurtosis, envelope, commissioned }: EvaluationFold): FoldRow {
  return {
    name: name.replace(/^machine /, ''),
    recordings: `${healthyCount} + ${faultCount}`,
    network: intervalWords(network.auroc),
    kurtosis: numberWords(kurtosis.auroc),
    envelope: numberWords(envelope.auroc),
    commissioned: numberWords(commissioned?.auroc ?? null),
    falseAlarms: network.falseAlarms === null ? '–' : `${(100 * network.falseAlarms).toFixed(1)} %`,
  }
}

type Interval = EvaluationFold['network']['auroc']
const numberWords = (auroc: Interval): string => (auroc === null ? '–' : auroc.value.toFixed(3))
const intervalWords = (auroc: Interval): string =>
  auroc === null ? '–' : `${auroc.value.toFixed(3)} (${auroc.low.toFixed(2)}–${auroc.high.toFixed(2)})`
