import type { Handlers } from '../../shared/contract/dispatch'
import { chooseChannels } from '../readers/choose-channels'
import type { Session } from '../session'
import { compareFiles } from './baseline-files'
import { kurtogramSampleLimit } from './envelope-steps'
import { bandOfEvidence } from './map-band'
import { readSignal, signalSampleLimit, withSignal } from './read-signal'
import { rateSeverity } from './severity-files'
import type { SeverityTableStore } from './severity'
import { envelopeViewOf, estimateViewOf, kurtogramViewOf, tachoViewOf } from './signal-views'
import { orderViewOf } from './order-view'
import { constantSpeedCurve } from './speed-curve'
import { checkShaftSpeed } from './speed-checks'
import { readTacho } from './tacho'

type SignalHandlers = Pick<
  Handlers,
  | 'kurtogram.get'
  | 'kurtogram.picture'
  | 'envelope.get'
  | 'speed.estimate'
  | 'speed.tacho'
  | 'order.get'
  | 'severity.get'
  | 'baseline.compare'
>

/** Requests that read a signal. */
export function createSignalHandlers(session: Session, severityTable: SeverityTableStore): SignalHandlers {
  return {
    'kurtogram.get': (input, context) =>
      withSignal(session, input, context, kurtogramSampleLimit, (signal) =>
        kurtogramViewOf(signal, input.leastBandwidthHz),
      ),
    'kurtogram.picture': (input, context) =>
      withSignal(session, input, context, kurtogramSampleLimit, async (signal) => {
        // loaded when the first picture is asked for: the renderer is a native addon
        const { drawKurtogram } = await import('../reports/kurtogram-picture')
        return drawKurtogram(kurtogramViewOf(signal, input.leastBandwidthHz), signal.recording.name, input.locale)
      }),
    'envelope.get': (input, context) =>
      withSignal(session, input, context, signalSampleLimit, (signal) => {
        const { band } = input
        if (band.kind !== 'map') return envelopeViewOf(signal, input, band)
        const held = session.study.evidence.get(band.evidenceId)
        const bandHz = bandOfEvidence(held, signal.usedRange, band.leastBandwidthHz)
        return envelopeViewOf(signal, input, { kind: 'map', bandHz })
      }),
    'speed.estimate': (input, context) =>
      withSignal(session, input, context, signalSampleLimit, (signal) => estimateViewOf(signal, input)),
    'speed.tacho': (input, context) =>
      withSignal(session, input, context, signalSampleLimit, (signal) =>
        tachoViewOf(signal, input.pulsesPerRevolution),
      ),
    'order.get': (input, context) =>
      withSignal(session, input, context, signalSampleLimit, async (signal) => {
        const { speed } = input
        if (speed.kind === 'constant') {
          checkShaftSpeed(speed.shaftSpeedRpm)
          const seconds = signal.samples.length / signal.sampleRateHz
          return orderViewOf(signal, constantSpeedCurve(speed.shaftSpeedRpm, seconds), input)
        }
        const [channel] = chooseChannels(signal.recording, speed.channel)
        const tacho = await readSignal(signal.recording, channel, input.range, signalSampleLimit)
        return orderViewOf(signal, readTacho(tacho.samples, tacho.sampleRateHz, speed).curve, input)
      }),
    'severity.get': (input, context) => rateSeverity(session, input, context, severityTable),
    'baseline.compare': (input, context) => compareFiles(session, input, context),
  }
}
