import type { Random } from '../../shared/random'
import type { AugmentationSettings } from './augmentation'
import { augmentSegment, mixAt } from './augmentation'
import type { PreparedRecording } from './dataset'
import { drawFault, ordersOf } from './synthetic/draw-machine'
import { makeFaultSignal } from './synthetic/machine'

/** A varied copy of every recording: same machine, bearing and label, so that it falls on the same side of any split. */
export function augmentAll(
  recordings: readonly PreparedRecording[],
  settings: AugmentationSettings,
  random: Random,
): PreparedRecording[] {
  return recordings.map((recording, index) => {
    const own = random.fork(`augment ${index}`)
    return withSamples(recording, 'varied', recording.label, (samples) => {
      const length = Math.floor(samples.length / (1 + settings.resampling))
      return augmentSegment(samples, own.integer(samples.length - length + 1), length, settings, own)
    })
  })
}

/**
 * Healthy recordings with a made bearing fault mixed in, at the speed drawn: real backgrounds, synthetic faults. They
 * keep the machine and bearing of the background, whose side of a split they share.
 */
export function mixFaultsInto(
  healthy: readonly PreparedRecording[],
  sampleRateHz: number,
  snrDb: { readonly low: number; readonly high: number },
  random: Random,
): PreparedRecording[] {
  return healthy.map((recording, index) => {
    const own = random.fork(`mix ${index}`)
    const fault = drawFault(sampleRateHz, own.fork('fault'))
    const orders = ordersOf(7 + own.integer(10), own.between(0.12, 0.3))
    const shaftHz = own.between(10, 60)
    const snr = own.between(snrDb.low, snrDb.high)
    return withSamples(recording, 'mixed', 1, (samples) => {
      const signal = makeFaultSignal({ fault, orders, shaftHz, sampleRateHz, sampleCount: samples.length }, own)
      return mixAt(samples, signal, snr)
    })
  })
}

function withSamples(
  recording: PreparedRecording,
  what: string,
  label: 1 | -1,
  change: (samples: Float32Array) => Float32Array,
): PreparedRecording {
  const channels = recording.channels.map((channel) => ({
    samples: change(channel.samples),
    kurtosis: Number.NaN,
    envelopePeak: Number.NaN,
  }))
  return { ...recording, id: `${recording.id} (${what})`, label, channels }
}
