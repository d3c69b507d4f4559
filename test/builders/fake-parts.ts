import type { EngineParts } from '../../src/engine/engine-parts'
import { AnalyzerError } from '../../src/shared/errors'

/** Engine parts that refuse everything but what a test gives. */
export function fakeParts(given: Partial<EngineParts>): EngineParts {
  const refuse = async (): Promise<never> => {
    throw new AnalyzerError('internal', 'This double does not do that.')
  }
  return {
    openRecording: refuse,
    checkQuality: async () => [],
    analyze: refuse,
    writeDemoRecording: refuse,
    listModels: async () => [],
    showModel: refuse,
    checkModel: refuse,
    computeSpectrum: refuse,
    createBaseline: refuse,
    train: refuse,
    evaluate: refuse,
    dispose: async () => undefined,
    ...given,
  }
}
