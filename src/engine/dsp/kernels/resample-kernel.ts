import type { SampleRange } from '../../../shared/sample-range'
import { loadKernels, occupyMemory, type Kernels } from './load-kernels'

export interface Phases {
  /** true: output k has phase (k · down) mod phaseCount; false: between two of the phases, by k · step. */
  readonly isExact: boolean
  readonly phaseCount: number
  /** Input samples in `phaseCount` output samples; exact phases only. */
  readonly down: number
  /** input samples an output sample */
  readonly step: number
}

export interface FilterBank extends Phases {
  /** [(phaseCount + 1) × tapCount] */
  readonly taps: Float64Array
  /** a multiple of 4 */
  readonly tapCount: number
}

export interface KernelFilter {
  readonly outputsAtOnce: number
  /**
   * Fills `target` with the output range (at most `outputsAtOnce`). `input` begins with the sample under the first tap of
   * the first output, whose centre is input sample `centre`, and reaches to the last tap of the last output.
   */
  run(input: Float32Array, centre: number, output: SampleRange, target: Float32Array): void
}

const tapsAt = 1024 // bytes; the kernels keep nothing of their own below
const inputBytes = 262_144 // about: input and output of a part stay in the second-level cache

/** The kernel's memory is made when the first samples come. */
export function createKernelFilter(bank: FilterBank): KernelFilter {
  const outputsAtOnce = Math.max(64, Math.min(32_768, Math.floor(inputBytes / 4 / bank.step)))
  const outputAt = tapsAt + bank.taps.byteLength
  const inputAt = outputAt + 4 * outputsAtOnce
  let kernels: Kernels | undefined
  return {
    outputsAtOnce,
    run(input, centre, output, target) {
      kernels ??= loadBank(bank)
      const count = output.end - output.start
      occupyMemory(kernels, inputAt + 4 * input.length, bank)
      const { buffer } = kernels.memory
      new Float32Array(buffer, inputAt, input.length).set(input)
      const common = [inputAt, outputAt, count, tapsAt, bank.tapCount] as const
      if (bank.isExact) {
        const phase = (output.start * bank.down) % bank.phaseCount
        kernels.resampleByPhases(...common, phase, bank.phaseCount, bank.down)
      } else {
        kernels.resampleBetweenPhases(...common, bank.phaseCount, output.start, bank.step, centre)
      }
      target.set(new Float32Array(buffer, outputAt, count))
    },
  }
}

function loadBank(bank: FilterBank): Kernels {
  const kernels = loadKernels()
  occupyMemory(kernels, tapsAt + bank.taps.byteLength, bank)
  new Float64Array(kernels.memory.buffer, tapsAt, bank.taps.length).set(bank.taps)
  return kernels
}
