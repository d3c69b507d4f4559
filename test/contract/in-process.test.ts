import { AnalyzerError } from '../../src/shared/errors'
import { describeContract } from './contract-suite'

describeContract('in one process', async (engine, reportBug) => ({
  transport: {
    request: (name, input, signal) =>
      engine.request(name, input, {
        signal,
        reportBug,
        resolveFile: (handle) => {
          throw new AnalyzerError('bad-request', `"${handle}" was not granted.`)
        },
      }),
    subscribe: (listener) => engine.subscribe(listener),
  },
  close: () => engine.dispose(),
}))
