import type { SampleRange } from '../../shared/sample-range'

/**
 * A channel as the networks see it: offset removed, resampled to the model's rate, divided by its slow running RMS
 * (and whitened, where the card says so). Random access; a range gives the same numbers however it is cut.
 */
export interface ConditionedSignal {
  readonly sampleRateHz: number
  readonly sampleCount: number
  /** Values a sample: 1, or more where the card asks for several views of the signal side by side. */
  readonly inputCount: number
  /** [samples × inputCount], row-major. */
  read(range: SampleRange): Promise<Float32Array>
}
