import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { tensor } from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { AnalyzerError } from '../../shared/errors'
import type { BackendName } from '../../shared/analysis'
import { selectBackend } from '../inference/backend'
import { writeModelFiles } from '../inference/model-files'
import type { Network } from '../inference/network'
import { createNetwork } from '../inference/network'
import type { PowerFrames } from '../inference/network-input'
import type { JobContext } from '../jobs/job-context'
import type { ModelCard } from '../../shared/model-card'
import { colourScaleOf } from './colour-scale'
import { composeCard } from './compose-card'
import { designs } from './designs'
import { inputMakerOf } from './features'
import { distinct } from './folds'
import type { LogisticHead } from './fit-head'
import { runFolds } from './fold-run'
import { trainCalibrated } from './head-trainer'
import { readManifest } from './manifest'
import { reportLines } from './report-lines'
import type { SelfCheckFile } from './self-check-file'
import { makeSelfCheck } from './self-check-file'
import { domainRanges } from './domain-ranges'
import type { TrainingItems } from './training-items'
import { buildNetwork, makeTrainingItems } from './training-items'

export interface TrainRequest {
  readonly manifest: string
  readonly kind: '1d' | '2d'
  /** folder for card.json, model.json, weights, self-check and the list of recordings trained on; made if absent */
  readonly out: string
  /** this machine is left out altogether: the model then has never seen it */
  readonly holdOut: string | undefined
  readonly seed: number
  readonly backend: BackendName | undefined
  /** conditioned recordings are kept there between runs; undefined = read anew */
  readonly cacheFolder: string | undefined
  readonly powerFrames: PowerFrames
}

export interface TrainResult {
  readonly card: ModelCard
  readonly lines: readonly string[]
}

/**
 * The whole training: recordings → features of the fixed trunk → head, temperature and thresholds → the honest figures
 * of every machine and bearing left out → model folder. Same manifest, seed and backend: same bytes.
 * @throws AnalyzerError bad-request for a manifest that cannot be split or a held-out machine that it does not have
 */
export async function trainModel(request: TrainRequest, job: JobContext): Promise<TrainResult> {
  const { seed, cacheFolder, out, powerFrames } = request
  const design = designs[request.kind]
  const manifest = await readManifest(request.manifest)
  const entries = manifest.entries.filter((entry) => entry.machine !== request.holdOut)
  if (request.holdOut !== undefined && entries.length === manifest.entries.length) {
    const machines = distinct(manifest.entries.map((entry) => entry.machine)).join(', ')
    throw new AnalyzerError('bad-request', `The manifest has no machine "${request.holdOut}"; it has ${machines}.`)
  }
  const backend = await selectBackend(request.backend)
  const network = await buildNetwork(design)
  let trained: Network | undefined
  try {
    const made = await makeTrainingItems({ entries, design, network, seed, cacheFolder, powerFrames }, job)
    const { head, verdicts } = trainCalibrated(made.items, design.head)
    job.report('calibrate', 1, 1)
    const folds = runFolds({ ...made, settings: design.head, seed, pieceSeconds: design.data.pieceSeconds }, job)
    const model = design.architecture.build()
    setHead(model, head)
    trained = await createNetwork(model, network.geometry, design.architecture.camLayer)
    const makeInput = inputMakerOf(design.architecture, network.geometry, powerFrames)
    const selfCheck = await makeSelfCheck(trained, makeInput, design)
    const sha256 = await writeFiles(model, selfCheck, made, out)
    const card = composeCard({
      design,
      geometry: network.geometry,
      dataset: made.dataset,
      verdicts,
      folds,
      colourScaleLogit: await colourScaleOf(trained, makeInput, made.dataset.recordings),
      statistics: await domainRanges(made.dataset.recordings, design.architecture.sampleRateHz, powerFrames),
      manifestSha256: manifest.sha256,
      seed,
      backend: backend.name,
      heldOut: request.holdOut,
      sha256,
    })
    await writeFile(join(out, 'card.json'), `${JSON.stringify(card, null, 2)}\n`)
    return { card, lines: [...reportLines(folds), `Model "${design.id}" is in ${out}.`] }
  } finally {
    network.dispose()
    trained?.dispose()
  }
}

/** Half of each weight speaks for a fault, half against healthy: the difference of the scores is the logit. */
export function setHead(model: LayersModel, head: LogisticHead): void {
  const featureCount = head.weights.length
  const kernel = new Float32Array(2 * featureCount)
  for (let k = 0; k < featureCount; k++) {
    kernel[2 * k] = -head.weights[k] / 2
    kernel[2 * k + 1] = head.weights[k] / 2
  }
  const bias = Float32Array.from([-head.bias / 2, head.bias / 2])
  const values = [tensor(kernel, [featureCount, 2]), tensor(bias, [2])]
  model.layers[model.layers.length - 1].setWeights(values)
  for (const value of values) value.dispose()
}

async function writeFiles(
  model: LayersModel,
  selfCheck: SelfCheckFile,
  { dataset }: TrainingItems,
  out: string,
): Promise<Record<string, string>> {
  await mkdir(out, { recursive: true })
  const sha256 = await writeModelFiles(model, out)
  const trainedOn = distinct(dataset.recordings.map((recording) => recording.sha256)).sort()
  for (const [name, content] of [
    ['selfcheck.json', selfCheck],
    ['trained-on.json', { schema: 'vibralens.trained-on/1', sha256: trainedOn }],
  ] as const) {
    const text = `${JSON.stringify(content)}\n`
    await writeFile(join(out, name), text)
    sha256[name] = createHash('sha256').update(text).digest('hex')
  }
  return sha256
}
