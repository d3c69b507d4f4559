import { devNull } from 'node:os'
import { join } from 'node:path'
import type { EngineParts } from '../../src/engine/engine-parts'
import { AnalyzerError } from '../../src/shared/errors'

/** Engine parts that refuse everything but what a test gives. */
export function fakeParts(given: Partial<EngineParts>): EngineParts {
  const refuse = async (): Promise<never> => {
    throw new AnalyzerError('internal', 'This double does not do that.')
  }
  return {
    // nothing can be written there: a test that keeps something gives its own
    userFolders: { config: join(devNull, 'config'), data: join(devNull, 'data') },
    openRecording: refuse,
    checkQuality: async () => [],
    analyze: refuse,
    writeDemoRecording: refuse,
    listModels: async () => [],
    showModel: refuse,
    checkModel: refuse,
    checkInstalledModel: refuse,
    computeSpectrum: refuse,
    takeEvidence: refuse,
    inspectSteps: refuse,
    checkBackends: async () => [],
    createBaseline: refuse,
    train: refuse,
    evaluate: refuse,
    dispose: async () => undefined,
    ...given,
  }
}
