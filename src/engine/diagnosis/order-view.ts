import type { RequestInput } from '../../shared/contract/requests'
import type { OrderSpectrumView } from '../../shared/diagnosis/views'
import { squaredEnvelopeSpectrum } from '../dsp/squared-envelope'
import { computeOrderSpectrum, resampleByAngle, type AngularSignal } from './order-resample'
import type { ReadSignal } from './read-signal'
import { speedRangeOf, type SpeedCurve } from './speed-curve'

type OrderRequest = Pick<RequestInput<'order.get'>, 'turnsPerFrame' | 'envelopeBandHz'>

/** Of the signal, or of the squared envelope of a band. */
export function orderViewOf(signal: ReadSignal, curve: SpeedCurve, request: OrderRequest): OrderSpectrumView {
  const { samples, sampleRateHz, channel, usedRange } = signal
  const { meanRpm } = speedRangeOf(curve)
  const angular = resampleByAngle(samples, sampleRateHz, curve)
  const { envelopeBandHz, turnsPerFrame } = request
  const isEnvelope = envelopeBandHz !== undefined
  const { binOrder, power, averageCount } =
    envelopeBandHz === undefined
      ? computeOrderSpectrum(angular, turnsPerFrame)
      : envelopeOrders(angular, meanRpm / 60, envelopeBandHz, turnsPerFrame)
  return {
    channel: channel.name,
    usedRange,
    kind: isEnvelope ? 'envelope' : 'spectrum',
    unit: isEnvelope ? null : (channel.unit ?? null),
    binOrder,
    power: Float32Array.from(power),
    highestOrder: angular.highestOrder,
    averageCount,
    meanRpm,
  }
}

/** The band's edges follow the speed: they are fixed in orders, at their Hz for the mean speed. */
function envelopeOrders(
  { samples, samplesPerRevolution, highestOrder }: AngularSignal,
  meanHz: number,
  [lowHz, highHz]: readonly [number, number],
  turnsPerFrame: number,
) {
  const band = [lowHz / meanHz, highHz / meanHz] as const
  const spectrum = squaredEnvelopeSpectrum(samples, samplesPerRevolution, band, { frameSeconds: turnsPerFrame })
  const binCount = Math.min(spectrum.power.length, Math.floor(highestOrder / spectrum.binHz) + 1)
  return { binOrder: spectrum.binHz, power: spectrum.power.subarray(0, binCount), averageCount: spectrum.averageCount }
}
