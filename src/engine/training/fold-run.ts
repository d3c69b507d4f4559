import type { JobContext } from '../jobs/job-context'
import type { EvaluationFold } from '../../shared/model-card'
import { commission } from './commissioning'
import type { PreparedDataset, PreparedRecording } from './dataset'
import type { JudgedRecording, Verdicts } from './evaluate'
import { figuresOf } from './evaluate'
import type { Fold } from './folds'
import { leaveOneBearingOut, leaveOneMachineOut, machinesWithLifeTests } from './folds'
import type { FeaturedRecording, HeadSettings } from './head-trainer'
import { judge, sidesOf, trainCalibrated } from './head-trainer'

export interface FoldRunRequest {
  readonly dataset: PreparedDataset
  readonly items: readonly FeaturedRecording[]
  readonly settings: HeadSettings
  readonly seed: number
  readonly pieceSeconds: number
}

/**
 * The honest figures: for each machine, and for each bearing of a life test, everything (head, temperature, thresholds)
 * is found again without it, then it is judged.
 */
export function runFolds(request: FoldRunRequest, job: JobContext): EvaluationFold[] {
  const { recordings } = request.dataset
  const byMachine = leaveOneMachineOut(recordings)
  const byBearing = machinesWithLifeTests(recordings).flatMap((machine) => leaveOneBearingOut(recordings, machine))
  const folds = [...byMachine, ...byBearing]
  return folds.map((fold, index) => {
    job.signal.throwIfAborted()
    const figures = figuresOfFold(fold, request)
    job.report('evaluate', index + 1, folds.length)
    return figures
  })
}

function figuresOfFold(fold: Fold<PreparedRecording>, request: FoldRunRequest): EvaluationFold {
  const { train, test } = sidesOf(fold, request.items)
  const { head, verdicts } = trainCalibrated(train, request.settings)
  return foldFigures(fold.name, fold.machine, judge(test, head), verdicts, train, request)
}

/** Figures of recordings judged by a head that never saw them, however that came about. */
export function foldFigures(
  name: string,
  machine: string,
  judged: readonly JudgedRecording[],
  verdicts: Verdicts,
  train: readonly FeaturedRecording[],
  request: FoldRunRequest,
): EvaluationFold {
  const notes: string[] = []
  if (request.dataset.cutMachines.includes(machine)) {
    notes.push(
      `${machine} has few healthy recordings: all its recordings were cut into pieces of ${request.pieceSeconds} s, ` +
        'which count as recordings here; pieces of one recording are not independent, so the interval is too narrow.',
    )
  }
  return figuresOf({
    name,
    machine,
    notes,
    judged,
    verdicts,
    trained: train.filter((item) => item.role === 'real').map((item) => item.recording),
    commissioned: commission(judged, verdicts.healthyLogit),
    seed: request.seed,
  })
}
