import { createHash } from 'node:crypto'
import { readFile, writeFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { io } from '@tensorflow/tfjs-core'
import { loadLayersModel } from '@tensorflow/tfjs-layers'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { z } from 'zod'
import { AnalyzerError } from '../../shared/errors'
import type { ModelCard } from '../../shared/model-card'
import { registerLayers } from './layers/register'

/** Files of a network folder, in the format of tfjs-layers, read and written without tfjs-node. */
const modelFile = 'model.json'
const weightsFile = 'weights.bin'

const weightSchema = z.looseObject({
  name: z.string(),
  shape: z.array(z.int().nonnegative()),
  dtype: z.literal('float32'),
})
const modelSchema = z.object({
  modelTopology: z.looseObject({}),
  weightsManifest: z
    .array(z.object({ paths: z.array(z.string().regex(/^[\w][\w.-]*$/)).min(1), weights: z.array(weightSchema) }))
    .min(1),
})

export interface ModelFiles {
  readonly topology: unknown
  readonly model: LayersModel
}

/**
 * Reads and verifies model.json and the weight files that it names; each must have the SHA-256 of the card.
 * @throws AnalyzerError unreadable-file for a missing file, model-mismatch for a wrong hash or a malformed model
 */
export async function readModelFiles(folder: string, card: ModelCard): Promise<ModelFiles> {
  const description = await readVerified(folder, modelFile, card)
  const parsed = modelSchema.safeParse(parseJson(description, card))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw refusal(card, `model.json is malformed at "${issue.path.join('.')}": ${issue.message}`)
  }
  const { modelTopology, weightsManifest } = parsed.data
  const parts: Buffer[] = []
  for (const path of weightsManifest.flatMap((group) => group.paths)) parts.push(await readVerified(folder, path, card))
  const weightSpecs = weightsManifest.flatMap((group) => group.weights)
  const bytes = Buffer.concat(parts)
  const wanted = weightSpecs.reduce((sum, { shape }) => sum + 4 * shape.reduce((product, size) => product * size, 1), 0)
  if (wanted !== bytes.length) throw refusal(card, `its weights hold ${bytes.length} bytes; model.json names ${wanted}`)
  const weightData = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)
  registerLayers()
  try {
    const model = await loadLayersModel(io.fromMemory({ modelTopology, weightSpecs, weightData }))
    return { topology: modelTopology, model }
  } catch (error) {
    throw refusal(card, error instanceof Error ? error.message.split('\n')[0] : String(error), error)
  }
}

/** Writes model.json and weights.bin; gives the SHA-256 of each, for the card. Same model, same bytes. */
export async function writeModelFiles(model: LayersModel, folder: string): Promise<Record<string, string>> {
  let artifacts: io.ModelArtifacts | undefined
  await model.save(
    io.withSaveHandler((made) => {
      artifacts = made
      return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } })
    }),
  )
  if (artifacts?.weightData === undefined) throw new Error('The model gave no weights to save.')
  const { modelTopology, weightSpecs, weightData } = artifacts
  const weights = new Uint8Array(io.CompositeArrayBuffer.join(weightData))
  const description = {
    format: 'layers-model',
    modelTopology,
    weightsManifest: [{ paths: [weightsFile], weights: weightSpecs }],
  }
  const text = Buffer.from(`${JSON.stringify(description)}\n`)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, modelFile), text)
  await writeFile(join(folder, weightsFile), weights)
  return { [modelFile]: sha256Of(text), [weightsFile]: sha256Of(weights) }
}

async function readVerified(folder: string, name: string, card: ModelCard): Promise<Buffer> {
  let bytes: Buffer
  try {
    bytes = await readFile(join(folder, name))
  } catch (error) {
    throw new AnalyzerError(
      'unreadable-file',
      `Model "${card.id}" lacks the file ${name} in ${folder}.`,
      { name },
      { cause: error },
    )
  }
  const found = sha256Of(bytes)
  const expected = card.sha256[name]
  if (expected === undefined) throw refusal(card, `its card gives no SHA-256 for ${name}`)
  if (found !== expected) {
    throw refusal(card, `${name} has SHA-256 ${found.slice(0, 12)}…; its card says ${expected.slice(0, 12)}…`)
  }
  return bytes
}

function parseJson(bytes: Buffer, card: ModelCard): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch (error) {
    throw refusal(card, 'model.json is not JSON', error)
  }
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function refusal(card: ModelCard, what: string, cause?: unknown): AnalyzerError {
  return new AnalyzerError(
    'model-mismatch',
    `Model "${card.id}" cannot be used: ${what}.`,
    { model: card.id },
    { cause },
  )
}
