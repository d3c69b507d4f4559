import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { backendNames } from '../../shared/analysis'
import type { BackendName } from '../../shared/analysis'
import type { ModelCheck } from '../../shared/contract/outputs'
import { AnalyzerError } from '../../shared/errors'
import { createRandom } from '../../shared/random'
import type { ConditionedSignal } from '../dsp/conditioned-signal'
import { selectBackend } from '../inference/backend'
import { loadNetwork } from '../inference/network'
import type { Network } from '../inference/network'
import { spectrogramInput, waveformInput } from '../inference/network-input'
import type { PowerFrames } from '../inference/network-input'
import type { ModelCard } from '../../shared/model-card'
import { readCard } from './registry'

/** Largest difference of scores between the backend that trained and the one that checks. */
export const selfCheckTolerance = 1e-4
const selfCheckFile = 'selfcheck.json'

const selfCheckSchema = z.strictObject({
  schema: z.literal('vibralens.self-check/1'),
  /** the input is createRandom(seed).normal(), `sampleCount` samples at the model's rate, conditioned already */
  seed: z.string(),
  sampleCount: z.int().positive().max(1_000_000),
  /** confidence scores healthy, fault of that input as one segment */
  scores: z.tuple([z.number(), z.number()]),
})
type SelfCheck = z.infer<typeof selfCheckSchema>

/**
 * Everything that must hold before a model may judge: card, hashes of all its files, topology, geometry, and the stored
 * self-test on every backend that works here. Problems are listed, not thrown. Leaves the last backend current.
 */
export async function checkModel(folder: string, powerFrames: PowerFrames): Promise<ModelCheck> {
  const problems: string[] = []
  const selfTest: Partial<Record<BackendName, number>> = {}
  const card = await orProblem(problems, () => readCard(folder))
  if (card === undefined) return { id: '', isValid: false, problems, selfTest: {} }
  await checkHashes(folder, card, problems)
  const stored = await orProblem(problems, () => readSelfCheck(folder, card))
  for (const backend of [...backendNames].reverse()) {
    if (problems.length > 0) break // the same sentence once, not per backend
    if (!(await isAvailable(backend))) continue
    const difference = await orProblem(problems, () => differenceOn(folder, card, stored, powerFrames))
    if (difference === undefined || stored === undefined) continue
    selfTest[backend] = difference
    if (!(difference <= selfCheckTolerance)) {
      problems.push(`On ${backend} the self-test differs by ${difference}; ${selfCheckTolerance} is allowed.`)
    }
  }
  return { id: card.id, isValid: problems.length === 0, problems, selfTest }
}

async function orProblem<T>(problems: string[], work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof AnalyzerError)) throw error
    problems.push(error.message)
    return undefined
  }
}

async function isAvailable(backend: BackendName): Promise<boolean> {
  try {
    await selectBackend(backend)
    return true
  } catch (error) {
    if (error instanceof AnalyzerError && error.code === 'backend-unavailable') return false
    throw error
  }
}

async function checkHashes(folder: string, card: ModelCard, problems: string[]): Promise<void> {
  for (const [name, expected] of Object.entries(card.sha256)) {
    if (!/^\w[\w.-]*$/.test(name)) {
      problems.push(`The card names the file ${name}, which is not a plain file name.`)
      continue
    }
    const bytes = await readFile(join(folder, name)).catch(() => undefined)
    if (bytes === undefined) problems.push(`The card names the file ${name}, which is not in ${folder}.`)
    else if (createHash('sha256').update(bytes).digest('hex') !== expected) {
      problems.push(`The file ${name} does not have the SHA-256 that the card gives.`)
    }
  }
}

/** Undefined where the model brings none. */
async function readSelfCheck(folder: string, card: ModelCard): Promise<SelfCheck | undefined> {
  const text = await readFile(join(folder, selfCheckFile), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  try {
    return selfCheckSchema.parse(JSON.parse(text))
  } catch (error) {
    const sentence = `The file ${selfCheckFile} of model "${card.id}" is not a valid self-test.`
    throw new AnalyzerError('model-mismatch', sentence, { model: card.id }, { cause: error })
  }
}

/** Loads the model (and so checks it) on the current backend; 0 where no self-test is stored. */
async function differenceOn(
  folder: string,
  card: ModelCard,
  stored: SelfCheck | undefined,
  powerFrames: PowerFrames,
): Promise<number> {
  const network = await loadNetwork(folder, card)
  try {
    if (stored === undefined) return 0
    const scores = await scoresOf(network, card, stored, powerFrames)
    return Math.max(...stored.scores.map((score, n) => Math.abs(score - scores[n])))
  } finally {
    network.dispose()
  }
}

async function scoresOf(
  network: Network,
  card: ModelCard,
  { seed, sampleCount }: SelfCheck,
  powerFrames: PowerFrames,
): Promise<Float32Array> {
  const random = createRandom(seed)
  const samples = Float32Array.from({ length: sampleCount }, () => random.normal())
  const signal: ConditionedSignal = {
    sampleRateHz: card.sampleRateHz,
    sampleCount,
    inputCount: 1,
    read: ({ start, end }) => Promise.resolve(samples.subarray(start, end)),
  }
  const input = card.spectrogram
    ? spectrogramInput(signal, network.geometry, card.spectrogram, powerFrames)
    : waveformInput(signal, network.geometry)
  if (input.stepCount === 0) {
    throw new AnalyzerError(
      'model-mismatch',
      `The self-test of ${sampleCount} samples is shorter than the receptive field.`,
    )
  }
  const { values } = await input.read(0, input.stepCount)
  return network.runSegments(values, 1)
}
