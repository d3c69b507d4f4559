import { buildWhenStale } from '../../../scripts/build-when-stale.mjs'

/** Builds the window's page when its sources are newer. */
export default async function setup(): Promise<void> {
  await buildWhenStale('renderer')
}
