import type { PreparedRecording } from './dataset'
import type { JudgedRecording, Verdicts } from './evaluate'
import { logitsOf } from './evaluate'
import type { ThresholdAims } from './calibrate'
import { chooseThresholds, fitTemperature } from './calibrate'
import type { LogisticHead } from './fit-head'
import { fitHead } from './fit-head'
import type { Fold } from './folds'
import { distinct, groupOf, leaveOneBearingOut, leaveOneMachineOut } from './folds'
import { quantileOfSorted } from './metrics'

export type RecordingRole = 'real' | 'augmented' | 'synthetic'

/** A recording and what the fixed trunk makes of it: the pooled features of each channel. */
export interface FeaturedRecording {
  readonly recording: PreparedRecording
  /** only 'real' ones are judged; 'augmented' ones count with their machine, 'synthetic' ones as a machine of their own */
  readonly role: RecordingRole
  /** [channels][features] */
  readonly features: readonly Float64Array[]
}

export interface HeadSettings {
  readonly penalty: number
  readonly signs: readonly (1 | -1)[] | undefined
  /** weight of the synthetic machine beside a real one's 1 */
  readonly syntheticWeight: number
  readonly aims: ThresholdAims
}

/** One head on all the recordings given. Every machine counts the same, and each label half of it. */
export function trainHead(items: readonly FeaturedRecording[], settings: HeadSettings): LogisticHead {
  const rows = items.flatMap((item) => item.features.map((features) => ({ item, features })))
  const featureCount = rows.length === 0 ? 0 : rows[0].features.length
  const counts = new Map<string, number>()
  for (const { item } of rows) counts.set(sideOf(item), (counts.get(sideOf(item)) ?? 0) + 1)
  const features = new Float64Array(rows.length * featureCount)
  const weights = new Float64Array(rows.length)
  for (const [i, row] of rows.entries()) {
    features.set(row.features, i * featureCount)
    weights[i] = (row.item.role === 'synthetic' ? settings.syntheticWeight : 1) / (counts.get(sideOf(row.item)) ?? 1)
  }
  const labels = rows.map(({ item }) => item.recording.label)
  return fitHead({ features, featureCount, labels, weights }, { penalty: settings.penalty, signs: settings.signs })
}

function sideOf({ recording, role }: FeaturedRecording): string {
  return `${role === 'synthetic' ? role : recording.machine}|${recording.label}`
}

/** Logit of a recording: the mean over its channels. */
export function judge(items: readonly FeaturedRecording[], head: LogisticHead): JudgedRecording[] {
  return items.map(({ recording, features }) => {
    let sum = 0
    for (const channel of features) {
      sum += head.bias
      for (let k = 0; k < channel.length; k++) sum += head.weights[k] * channel[k]
    }
    return { recording, logit: sum / features.length }
  })
}

/** Real recordings, each judged by a head that saw nothing of its machine (or of its bearing, with one machine only). */
export function judgeLeftOut(items: readonly FeaturedRecording[], settings: HeadSettings): JudgedRecording[] {
  const real = items.filter((item) => item.role === 'real')
  const recordings = real.map((item) => item.recording)
  const machines = distinct(recordings.map((recording) => recording.machine))
  const folds = machines.length > 1 ? leaveOneMachineOut(recordings) : leaveOneBearingOut(recordings, machines[0])
  return folds.flatMap((fold) => {
    const { train, test } = sidesOf(fold, items)
    if (new Set(train.map((item) => item.recording.label)).size < 2) return []
    return judge(test, trainHead(train, settings))
  })
}

/** Copies and mixtures made of a recording fall on its side; what is wholly synthetic is always trained on. */
export function sidesOf(fold: Fold<PreparedRecording>, items: readonly FeaturedRecording[]) {
  const tested = new Set(fold.test.map(groupOf))
  const train = items.filter((item) => !tested.has(groupOf(item.recording)))
  const test = items.filter((item) => item.role === 'real' && tested.has(groupOf(item.recording)))
  return { train, test }
}

export interface CalibratedHead {
  readonly head: LogisticHead
  readonly verdicts: Verdicts
}

/** Head on everything given; temperature, thresholds and typical logit from judgements of left-out machines. */
export function trainCalibrated(items: readonly FeaturedRecording[], settings: HeadSettings): CalibratedHead {
  const leftOut = judgeLeftOut(items, settings)
  const machines = distinct(leftOut.map(({ recording }) => recording.machine))
  const temperature = fitTemperature(logitsOf(leftOut))
  const perMachine = machines.map((machine) => logitsOf(leftOut.filter((item) => item.recording.machine === machine)))
  return {
    head: trainHead(items, settings),
    verdicts: {
      temperature,
      thresholds: chooseThresholds(perMachine, temperature, settings.aims),
      ...healthyLogits(leftOut),
    },
  }
}

/** Median of the bearings' medians, so that a bearing with many recordings does not count more; spread within bearings. */
function healthyLogits(judged: readonly JudgedRecording[]): { healthyLogit: number; healthySpread: number } {
  const healthy = judged.filter(({ recording }) => recording.label === -1)
  const groups = distinct(healthy.map(({ recording }) => groupOf(recording))).map((group) =>
    healthy.filter(({ recording }) => groupOf(recording) === group).map((item) => item.logit),
  )
  let squares = 0
  for (const logits of groups) {
    const mean = logits.reduce((sum, logit) => sum + logit, 0) / logits.length
    squares += logits.reduce((sum, logit) => sum + (logit - mean) ** 2, 0)
  }
  return {
    healthyLogit: medianOf(groups.map(medianOf)),
    healthySpread: Math.sqrt(squares / Math.max(1, healthy.length - groups.length)) || 1,
  }
}

function medianOf(values: readonly number[]): number {
  return quantileOfSorted(Float64Array.from(values).sort(), 0.5)
}
