import { layers, model } from '@tensorflow/tfjs-layers'
import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers'
import { tensor } from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { measureFaithfulness } from '../../../src/engine/explain/faithfulness'
import { upsample } from '../../../src/engine/explain/upsample'
import { selectBackend } from '../../../src/engine/inference/backend'
import { readGeometry } from '../../../src/engine/inference/geometry'
import { PointwisePower } from '../../../src/engine/inference/layers/pointwise-power'
import { createNetwork } from '../../../src/engine/inference/network'
import { quietJob } from '../../../src/engine/jobs/job-context'
import { createRandom } from '../../../src/shared/random'
import { expectNoTensorLeak } from '../../helpers/expect-no-tensor-leak'

/** logit = mean |x|⁴ − 3: kurtosis, which bursts raise. */
function kurtosisNetwork(): LayersModel {
  const input = layers.input({ shape: [null, 1], name: 'signal' })
  const power = new PointwisePower({ name: 'power', mode: 'power', exponent: 4, scale: 1 }).apply(input)
  const map = layers.averagePooling1d({ name: 'map', poolSize: 8, strides: 8 }).apply(power as SymbolicTensor)
  const pooled = layers.globalAveragePooling1d({ name: 'mean' }).apply(map)
  const dense = layers.dense({ name: 'scores', units: 2 })
  const made = model({ inputs: input, outputs: dense.apply(pooled) as SymbolicTensor })
  const values = [tensor([0, 1], [1, 2]), tensor([0, -3])]
  dense.setWeights(values)
  for (const value of values) value.dispose()
  return made
}

describe('faithfulness of the evidence', () => {
  it('is seen: the samples with most evidence change the logit sooner than any others, and the reverse map later', async () => {
    await selectBackend('cpu')
    await expectNoTensorLeak(async () => {
      const made = kurtosisNetwork()
      const network = await createNetwork(made, readGeometry(made.toJSON(undefined, false), 'map'), 'map')
      const random = createRandom('bursts')
      const segment = Float32Array.from({ length: 640 }, (_, i) => random.normal() * (i % 160 < 8 ? 5 : 0.8))
      const { healthy, fault, stepCount } = await network.runEvidence(segment, segment.length)
      const placement = {
        time: { stride: 8, field: 8, inputLength: 640 },
        bins: { stride: 1, field: 1, inputLength: 1 },
      }
      const evidence = upsample(
        fault.map((value, i) => value - healthy[i]),
        1,
        stepCount,
        placement,
      )
      const request = { network, segment, blockLength: 16, random: random.fork('faithfulness') }
      const found = await measureFaithfulness({ ...request, evidence }, quietJob)
      expect(found.deletion).toBeLessThan(0.5 * found.randomDeletion)
      expect(found.insertion).toBeGreaterThan(1.5 * found.randomInsertion)
      const reversed = await measureFaithfulness({ ...request, evidence: evidence.map((value) => -value) }, quietJob)
      expect(reversed.deletion).toBeGreaterThan(reversed.randomDeletion)
      network.dispose()
    })
  })
})
