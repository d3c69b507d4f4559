import { createHash } from 'node:crypto'
import type { BackendName } from '../../shared/analysis'
import { AdaptiveRunner, defaultWorkerCount } from '../inference/adaptive-runner'
import { selectBackend, type SelectedBackend } from '../inference/backend'
import { loadNetwork, type Network } from '../inference/network'
import type { ModelCard } from '../../shared/model-card'

/** A model ready to judge. */
export interface LoadedModel {
  readonly card: ModelCard
  /** Of the hashes of all its files: names exactly these weights. */
  readonly sha256: string
  readonly network: Network
  readonly runner: AdaptiveRunner
}

export interface ModelPlace {
  readonly folder: string
  readonly card: ModelCard
}

/** Keeps networks loaded on one backend; a request for another backend loads them anew. One owner of TensorFlow. */
export class ModelShelf {
  #backend: SelectedBackend | undefined
  readonly #models = new Map<string, Promise<LoadedModel>>()

  /** @throws AnalyzerError backend-unavailable */
  async useBackend(forced: BackendName | undefined): Promise<BackendName> {
    const isCurrent = this.#backend !== undefined && (forced ?? this.#backend.name) === this.#backend.name
    if (!isCurrent || this.#backend === undefined) {
      await this.clear()
      this.#backend = await selectBackend(forced)
    }
    return this.#backend.name
  }

  /** @throws AnalyzerError model-mismatch for files that are not what the card says */
  load(place: ModelPlace): Promise<LoadedModel> {
    const held = this.#models.get(place.folder)
    if (held !== undefined) return held
    const loading = loadModel(place)
    this.#models.set(place.folder, loading)
    loading.catch(() => this.#models.delete(place.folder))
    return loading
  }

  async clear(): Promise<void> {
    const models = await Promise.allSettled(this.#models.values())
    this.#models.clear()
    for (const model of models) {
      if (model.status !== 'fulfilled') continue
      await model.value.runner.dispose()
      model.value.network.dispose()
    }
  }
}

async function loadModel({ folder, card }: ModelPlace): Promise<LoadedModel> {
  const network = await loadNetwork(folder, card)
  return {
    card,
    network,
    sha256: modelSha256(card),
    runner: new AdaptiveRunner(network, { folder, card }, defaultWorkerCount()),
  }
}

/** Of the card's file hashes, in the order of the file names. */
export function modelSha256(card: ModelCard): string {
  const lines = Object.keys(card.sha256)
    .sort()
    .map((name) => `${card.sha256[name]}  ${name}\n`)
  return createHash('sha256').update(lines.join('')).digest('hex')
}
