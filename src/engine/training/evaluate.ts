import type { EvaluationFold } from '../../shared/model-card'
import { probabilityOf } from '../timeline/score-series'
import type { PreparedRecording } from './dataset'
import { distinct } from './folds'
import type { Interval, Scored } from './metrics'
import {
  aurocInterval,
  aurocOf,
  balancedAccuracyOf,
  bestThreshold,
  expectedCalibrationError,
  falseAlarmShareOf,
} from './metrics'
import { envelopeWitness, kurtosisWitness } from './witnesses'

/** A recording with the logit that a network gave it which had not seen its bearing. */
export interface JudgedRecording {
  readonly recording: PreparedRecording
  readonly logit: number
}

/** What turns logits into verdicts; found on the training side of a fold only. */
export interface Verdicts {
  readonly temperature: number
  readonly thresholds: { readonly healthy: number; readonly fault: number }
  /** the logit that a healthy recording typically has: where a commissioned machine's own healthy logit is put */
  readonly healthyLogit: number
  /** standard deviation of the healthy logits of one bearing */
  readonly healthySpread: number
}

export interface FoldFigures {
  readonly name: string
  readonly machine: string
  readonly notes: readonly string[]
  readonly judged: readonly JudgedRecording[]
  readonly verdicts: Verdicts
  /** recordings trained on: the witnesses' thresholds are chosen there */
  readonly trained: readonly PreparedRecording[]
  readonly commissioned: readonly JudgedRecording[]
  readonly seed: number
}

type Figures = EvaluationFold['kurtosis']

const bootstrapResamples = 1000
const calibrationBins = 10

/** The figures of one fold as they stand on the card: the network, the witnesses beside it, and the network commissioned. */
export function figuresOf(fold: FoldFigures): EvaluationFold {
  const { judged, verdicts, seed } = fold
  const probabilities = probabilitiesOf(judged, verdicts.temperature)
  const { healthy, fault } = verdicts.thresholds
  const uncertain = probabilities.filter(({ score }) => score > healthy && score < fault).length
  const recordings = judged.map((item) => item.recording)
  return {
    name: fold.name,
    machine: fold.machine,
    bearings: distinct(recordings.map((recording) => recording.bearing)),
    healthyCount: recordings.filter((recording) => recording.label === -1).length,
    faultCount: recordings.filter((recording) => recording.label === 1).length,
    network: {
      ...summaryOf(logitsOf(judged), probabilities, fault, seed),
      ece: rounded(expectedCalibrationError(probabilities, calibrationBins)),
      uncertain: rounded(probabilities.length === 0 ? undefined : uncertain / probabilities.length),
    },
    kurtosis: witnessFigures(recordings, fold.trained, kurtosisWitness, seed),
    envelope: witnessFigures(recordings, fold.trained, envelopeWitness, seed),
    commissioned: commissionedFigures(fold),
    byFault: aurocByFault(judged),
    notes: [...fold.notes],
  }
}

function commissionedFigures({ commissioned, verdicts, seed }: FoldFigures): Figures | null {
  if (commissioned.length === 0) return null
  const probabilities = probabilitiesOf(commissioned, verdicts.temperature)
  return summaryOf(logitsOf(commissioned), probabilities, verdicts.thresholds.fault, seed)
}

/** The witness's threshold has the best balanced accuracy on the training side. */
function witnessFigures(
  tested: readonly PreparedRecording[],
  trained: readonly PreparedRecording[],
  witness: (recording: PreparedRecording) => number,
  seed: number,
): Figures {
  const score = (recordings: readonly PreparedRecording[]) =>
    recordings
      .map((recording) => ({ score: witness(recording), label: recording.label }))
      .filter((item) => !Number.isNaN(item.score))
  const scored = score(tested)
  return summaryOf(scored, scored, bestThreshold(score(trained)), seed)
}

/** Ranks by `ranked`, decides by `decided` at `threshold`. */
function summaryOf(ranked: readonly Scored[], decided: readonly Scored[], threshold: number, seed: number): Figures {
  return {
    auroc: roundedInterval(aurocInterval(ranked, { resamples: bootstrapResamples, level: 0.95, seed })),
    balancedAccuracy: rounded(balancedAccuracyOf(decided, threshold)),
    falseAlarms: rounded(falseAlarmShareOf(decided, threshold)),
  }
}

function aurocByFault(judged: readonly JudgedRecording[]): Record<string, number> {
  const healthy = judged.filter(({ recording }) => recording.label === -1)
  const faults = judged.filter(({ recording }) => recording.label === 1)
  const byFault: Record<string, number> = {}
  for (const kind of distinct(faults.map(({ recording }) => recording.bearingFault)).sort()) {
    const own = faults.filter(({ recording }) => recording.bearingFault === kind)
    const value = rounded(aurocOf(logitsOf([...own, ...healthy])))
    if (value !== null) byFault[kind] = value
  }
  return byFault
}

export function logitsOf(judged: readonly JudgedRecording[]): Scored[] {
  return judged.map(({ recording, logit }) => ({ score: logit, label: recording.label }))
}

function probabilitiesOf(judged: readonly JudgedRecording[], temperature: number): Scored[] {
  return judged.map(({ recording, logit }) => ({ score: probabilityOf(logit, temperature), label: recording.label }))
}

function rounded(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : Math.round(value * 1e4) / 1e4
}

function roundedInterval(interval: Interval | undefined) {
  if (interval === undefined) return null
  const digits = (value: number) => Math.round(value * 1e4) / 1e4
  return { value: digits(interval.value), low: digits(interval.low), high: digits(interval.high) }
}
