import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { AnalyzerError } from '../../shared/errors'
import type { BackendName } from '../../shared/analysis'
import { selectBackend } from '../inference/backend'
import type { Network } from '../inference/network'
import { faultClass, healthyClass, loadNetwork } from '../inference/network'
import type { PowerFrames } from '../inference/network-input'
import type { JobContext } from '../jobs/job-context'
import type { EvaluationFold, ModelCard } from '../../shared/model-card'
import { designs } from './designs'
import type { Design } from './designs'
import type { LogisticHead } from './fit-head'
import { distinct } from './folds'
import { foldFigures, runFolds } from './fold-run'
import type { FeaturedRecording } from './head-trainer'
import { judge } from './head-trainer'
import { readManifest } from './manifest'
import { reportLines } from './report-lines'
import { makeTrainingItems } from './training-items'

export interface EvaluateRequest {
  readonly manifest: string
  readonly card: ModelCard
  /** the model's folder */
  readonly folder: string
  readonly backend: BackendName | undefined
  readonly cacheFolder: string | undefined
  readonly powerFrames: PowerFrames
}

export interface EvaluationReport {
  readonly schema: 'vibralens.evaluation/1'
  readonly model: { readonly id: string; readonly version: string }
  readonly manifestSha256: string
  readonly backend: string
  readonly seed: number
  /** share of the manifest's recordings that the shipped model was trained on, by SHA-256 */
  readonly seenShare: number
  /** trained again without the machine or bearing, then judged: as on the card */
  readonly folds: readonly EvaluationFold[]
  /** judged by the shipped model itself; those seen in training say so in their notes and prove nothing */
  readonly shipped: readonly EvaluationFold[]
}

/**
 * Honest figures of a model on a manifest. What the model has not seen is judged by the model as it is. What it was
 * trained on cannot be: there each machine (and each bearing of a life test) is left out, the head trained again with
 * the card's seed, and judged; the shipped model's own figures are given beside it, marked as seen.
 * @throws AnalyzerError bad-request for a manifest without groups
 */
export async function evaluateModel(
  request: EvaluateRequest,
  job: JobContext,
): Promise<{ report: EvaluationReport; lines: readonly string[] }> {
  const { card, folder, cacheFolder, powerFrames } = request
  const manifest = await readManifest(request.manifest)
  const seen = await readTrainedOn(folder, card)
  const backend = await selectBackend(request.backend)
  const network = await loadNetwork(folder, card)
  try {
    const design = designOf(card)
    const seed = card.trainedOn.seed
    const made = await makeTrainingItems(
      { entries: manifest.entries, design, network, seed, cacheFolder, powerFrames },
      job,
    )
    const { recordings } = made.dataset
    const seenCount = recordings.filter((recording) => seen.has(recording.sha256)).length
    const run = { ...made, settings: design.head, seed, pieceSeconds: design.data.pieceSeconds }
    const machineCount = distinct(recordings.map((recording) => recording.machine)).length
    const folds = seenCount > 0 && machineCount > 1 ? runFolds(run, job) : []
    const shipped = shippedFigures(network, card, made.items, seen, run)
    const report: EvaluationReport = {
      schema: 'vibralens.evaluation/1',
      model: { id: card.id, version: card.version },
      manifestSha256: manifest.sha256,
      backend: backend.name,
      seed,
      seenShare: seenCount / recordings.length,
      folds,
      shipped,
    }
    return { report, lines: linesOf(report) }
  } finally {
    network.dispose()
  }
}

type RunRequest = Parameters<typeof runFolds>[0]

function shippedFigures(
  network: Network,
  card: ModelCard,
  items: readonly FeaturedRecording[],
  seen: ReadonlySet<string>,
  run: RunRequest,
): EvaluationFold[] {
  const real = items.filter((item) => item.role === 'real')
  const verdicts = { ...card.calibration, thresholds: card.thresholds }
  const head = headOf(network)
  return distinct(real.map((item) => item.recording.machine)).flatMap((machine) =>
    [true, false].flatMap((isSeen) => {
      const own = real.filter(({ recording }) => recording.machine === machine && seen.has(recording.sha256) === isSeen)
      if (own.length === 0) return []
      const figures = foldFigures(
        `${isSeen ? 'seen' : 'unseen'} ${machine}`,
        machine,
        judge(own, head),
        verdicts,
        own,
        run,
      )
      const note = isSeen
        ? `${machine}: the shipped model was trained on these recordings; its figures on them prove nothing.`
        : `${machine}: never trained on; thresholds of the witnesses were chosen on these very recordings, in their favour.`
      return [{ ...figures, notes: [...figures.notes, note] }]
    }),
  )
}

/** logit = Σ (W_fault − W_healthy)·g + b_fault − b_healthy. */
function headOf(network: Network): LogisticHead {
  const [healthy, fault] = [network.weights[healthyClass], network.weights[faultClass]]
  return {
    weights: Float64Array.from(fault, (weight, k) => weight - healthy[k]),
    bias: network.bias[faultClass] - network.bias[healthyClass],
  }
}

function designOf(card: ModelCard): Design {
  const design = Object.values(designs).find(({ id, version }) => id === card.id && version === card.version)
  if (design === undefined) {
    throw new AnalyzerError(
      'bad-request',
      `Model "${card.id}" ${card.version} was not trained by this version's designs, so it cannot be trained again ` +
        'without one machine, which evaluating it honestly needs.',
      { model: card.id, version: card.version },
    )
  }
  return design
}

const trainedOnSchema = z.strictObject({ schema: z.literal('vibralens.trained-on/1'), sha256: z.array(z.string()) })

async function readTrainedOn(folder: string, card: ModelCard): Promise<ReadonlySet<string>> {
  try {
    const text = await readFile(join(folder, 'trained-on.json'), 'utf8')
    return new Set(trainedOnSchema.parse(JSON.parse(text)).sha256)
  } catch (cause) {
    throw new AnalyzerError(
      'model-mismatch',
      `Model "${card.id}" has no readable trained-on.json, so nobody can say which recordings it has seen.`,
      { model: card.id },
      { cause },
    )
  }
}

function linesOf(report: EvaluationReport): string[] {
  const lines: string[] = []
  const share = Math.round(report.seenShare * 100)
  if (report.folds.length > 0) {
    lines.push(`Each line: trained again without what it names, seed ${report.seed}, ${report.backend}.`)
    lines.push(...reportLines(report.folds))
  }
  lines.push('', `The shipped model itself (${share} % of these recordings were in its training):`)
  lines.push(...reportLines(report.shipped))
  return lines
}
