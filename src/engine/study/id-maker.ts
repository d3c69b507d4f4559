import { randomBytes } from 'node:crypto'

/**
 * Ids "kind-1-9f3c…", "kind-2-9f3c…": an engine that was started again gives out none that the one before it had, so that
 * nobody is answered for another recording than he means.
 */
export function createIdMaker(kind: string): () => string {
  const token = randomBytes(6).toString('hex')
  let count = 0
  return () => `${kind}-${++count}-${token}`
}
