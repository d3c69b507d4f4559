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
  readonly #models = new Map<string, ShelvedModel>()

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
    if (held !== undefined) return held.loading
    const shelved: ShelvedModel = { loading: loadModel(place), model: undefined, users: new Set() }
    this.#models.set(place.folder, shelved)
    shelved.loading.then(
      (model) => (shelved.model = model),
      () => this.#models.delete(place.folder),
    )
    return shelved.loading
  }

  /** Uses a network that is on the shelf, beside whatever else runs on it; undefined where it is not there. */
  useLoaded<T>(id: string, work: (model: LoadedModel) => Promise<T>): Promise<T> | undefined {
    for (const { model, users } of this.#models.values()) {
      if (model?.card.id !== id) continue
      const using = work(model)
      users.add(using)
      const leave = (): void => void users.delete(using)
      using.then(leave, leave)
      return using
    }
    return undefined
  }

  /** Waits for those that use what is on the shelf. */
  async clear(): Promise<void> {
    const shelved = [...this.#models.values()]
    this.#models.clear()
    for (const { loading, users } of shelved) {
      const model = await loading.catch(() => undefined) // who asked for it was told
      await Promise.allSettled(users)
      await model?.runner.dispose()
      model?.network.dispose()
    }
  }
}

interface ShelvedModel {
  readonly loading: Promise<LoadedModel>
  /** Undefined while it is loading. */
  model: LoadedModel | undefined
  readonly users: Set<Promise<unknown>>
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
