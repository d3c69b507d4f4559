import { fieldInSamples, type NetworkGeometry } from '../inference/geometry'
import type { EvaluationFold, ModelCard } from '../../shared/model-card'
import type { PreparedDataset } from './dataset'
import type { Design } from './designs'
import type { Verdicts } from './evaluate'
import { distinct } from './folds'

export interface CardRequest {
  readonly design: Design
  readonly geometry: NetworkGeometry
  readonly dataset: PreparedDataset
  readonly verdicts: Verdicts
  readonly folds: readonly EvaluationFold[]
  readonly colourScaleLogit: number
  readonly statistics: ModelCard['domain']['statistics']
  readonly manifestSha256: string
  readonly seed: number
  readonly backend: string
  readonly heldOut: string | undefined
  readonly sha256: Readonly<Record<string, string>>
}

/** The card of a trained network: every number about it. */
export function composeCard(request: CardRequest): ModelCard {
  const { design, dataset, verdicts } = request
  const { architecture } = design
  const { kind, spectrogram } = architecture
  return {
    schema: 'vibralens.model-card/1',
    id: design.id,
    version: design.version,
    kind,
    summary: { ...design.summary },
    sampleRateHz: architecture.sampleRateHz,
    conditioning: architecture.conditioning,
    spectrogram,
    ...fieldInSamples(request.geometry, request.design.architecture.spectrogram),
    defaultSegmentSeconds: architecture.defaultSegmentSeconds,
    chunkSteps: architecture.chunkSteps,
    classes: [
      { label: -1, name: 'healthy' },
      { label: 1, name: 'fault' },
    ],
    camLayer: architecture.camLayer,
    colourScaleLogit: request.colourScaleLogit,
    calibration: {
      temperature: verdicts.temperature,
      healthyLogit: verdicts.healthyLogit,
      healthySpread: verdicts.healthySpread,
    },
    thresholds: { ...verdicts.thresholds, sustainedEventSeconds: design.sustainedEventSeconds },
    domain: { leastSourceRateHz: design.leastSourceRateHz, statistics: request.statistics },
    trainedOn: trainedOn(request),
    evaluation: {
      command: `vibralens evaluate MANIFEST.csv --model ${design.id}`,
      folds: [...request.folds],
      limits: limitsOf(dataset),
    },
    licence: 'MIT',
    sha256: { ...request.sha256 },
  }
}

function trainedOn({ design, dataset, seed, backend, manifestSha256, heldOut }: CardRequest): ModelCard['trainedOn'] {
  const { recordings } = dataset
  const { data, architecture } = design
  const files = new Set(recordings.map((recording) => recording.sha256)).size
  const hold = heldOut === undefined ? '' : ` --hold-out ${heldOut}`
  return {
    machines: distinct(recordings.map((recording) => recording.machine)),
    bearings: distinct(recordings.map((recording) => `${recording.machine} ${recording.bearing}`)),
    recordingCount: files,
    synthetic:
      `${data.syntheticCount} made machines of ${data.syntheticSeconds} s, half with a bearing fault, weight ` +
      `${design.head.syntheticWeight} of a real machine's`,
    manifestSha256,
    seed,
    backend,
    command: `vibralens train MANIFEST.csv --arch ${architecture.kind} --out FOLDER${hold} --seed ${seed}`,
    provenance: provenanceOf(distinct(recordings.map((recording) => recording.machine))),
  }
}

const sources: Readonly<Record<string, string>> = {
  cwru: 'Case Western Reserve University Bearing Data Center',
  'adi-limerick': 'Analog Devices CbM-Datasets, Limerick sample set',
  femto: 'PRONOSTIA (FEMTO-ST, IEEE PHM 2012 challenge; Nectoux et al. 2012)',
}

function provenanceOf(machines: readonly string[]): string {
  const named = machines.map((machine) => `${machine}: ${sources[machine] ?? 'as in the manifest'}`)
  return `${named.join('; ')}. None of the recordings is distributed with the model.`
}

function limitsOf(dataset: PreparedDataset): string[] {
  const machines = distinct(dataset.recordings.map((recording) => recording.machine))
  return [
    `Trained and judged on ${machines.length} machines: the intervals hold the spread over recordings, not over machines.`,
    'The design was chosen by the same machines that were left out, which makes their figures somewhat too good.',
    'The verdict of a recording is the mean over its channels; a single channel is judged less surely.',
  ]
}
