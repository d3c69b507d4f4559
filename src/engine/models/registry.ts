import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AnalyzerError } from '../../shared/errors'
import { cardSchema } from '../../shared/model-card'
import type { ModelCard } from '../../shared/model-card'

export const cardFile = 'card.json'
/** A card holds figures and words: one that is larger is something else. */
const largestCardBytes = 2_000_000

export interface ModelEntry {
  readonly card: ModelCard
  readonly folder: string
}

export interface ModelListing {
  /** in the order of the roots, then by folder name; of equal ids the first root's */
  readonly models: readonly ModelEntry[]
  /** folders whose card cannot be used, one sentence each */
  readonly problems: readonly { readonly folder: string; readonly message: string }[]
}

/** Models of the folders below each root (the product's, then the user's); a root that does not exist is empty. */
export async function listModels(roots: readonly string[]): Promise<ModelListing> {
  const models: ModelEntry[] = []
  const problems: { folder: string; message: string }[] = []
  for (const root of roots) {
    for (const folder of await modelFolders(root)) {
      try {
        const card = await readCard(folder)
        if (!models.some((known) => known.card.id === card.id)) models.push({ card, folder })
      } catch (error) {
        if (!(error instanceof AnalyzerError)) throw error
        problems.push({ folder, message: error.message })
      }
    }
  }
  return { models, problems }
}

/** @throws AnalyzerError model-mismatch naming the models that there are */
export async function findModel(roots: readonly string[], id: string): Promise<ModelEntry> {
  const { models, problems } = await listModels(roots)
  const found = models.find(({ card }) => card.id === id)
  if (found) return found
  const names = models.map(({ card }) => card.id).join(', ') || 'none'
  const unusable = problems.map(({ message }) => ` ${message}`).join('')
  throw new AnalyzerError('model-mismatch', `There is no model "${id}"; installed: ${names}.${unusable}`, { id })
}

/**
 * The card of a model folder, checked.
 * @throws AnalyzerError unreadable-file without a card, model-mismatch for one that is not valid (first fault named)
 */
export async function readCard(folder: string): Promise<ModelCard> {
  const path = join(folder, cardFile)
  const text = await readText(path)
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch (error) {
    throw new AnalyzerError('model-mismatch', `The model card ${path} is not JSON.`, { path }, { cause: error })
  }
  const parsed = cardSchema.safeParse(raw)
  if (parsed.success) return parsed.data
  const [issue, ...others] = parsed.error.issues
  const place = issue.path.length === 0 ? 'its top level' : `"${issue.path.map(String).join('.')}"`
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`
  throw new AnalyzerError(
    'model-mismatch',
    `The model card ${path} is not valid at ${place}: ${issue.message}${more}.`,
    { path, problems: parsed.error.issues.length },
    { cause: parsed.error },
  )
}

async function readText(path: string): Promise<string> {
  try {
    const { size } = await stat(path)
    if (size <= largestCardBytes) return await readFile(path, 'utf8')
  } catch (error) {
    throw new AnalyzerError('unreadable-file', `There is no readable model card ${path}.`, { path }, { cause: error })
  }
  throw new AnalyzerError('model-mismatch', `The model card ${path} is larger than ${largestCardBytes} bytes.`, {
    path,
  })
}

async function modelFolders(root: string): Promise<string[]> {
  try {
    const entries = await readdir(root, { withFileTypes: true })
    const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
    return names.sort().map((name) => join(root, name))
  } catch {
    return [] // no such folder: no models of the user's own
  }
}
