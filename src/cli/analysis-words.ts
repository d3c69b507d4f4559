import type { AnalysisResult } from '../shared/analysis'
import { decidingEvent } from '../shared/deciding-event'
import { formatProbability, formatSignificant } from '../shared/number-words'
import { channelLabel } from '../shared/locales/channel-label'
import type { Translate } from '../shared/locales/translate'

const mostEvents = 5

/** The verdict of one channel and model in a few lines. */
export function analysisWords(result: AnalysisResult, t: Translate): string {
  const { channel, verdict, reasons, quality, model, backend, elapsedSeconds } = result
  const number = probabilityWords(result, t)
  const head = `  ${channelLabel(printable(channel.name), t)}   ${t(`verdict.${verdict}`)}   ${number}`
  const lines = [
    t(`verdict.${verdict}.sentence`),
    ...reasons,
    ...eventWords(result, t),
    indicatorWords(result, t),
    ...diagnosisWords(result, t),
    ...quality.map(({ message }) => t('cli.quality', { message })),
    t('cli.model', { id: model.id, backend, elapsed: formatSignificant(elapsedSeconds) }),
  ]
  return `${head}\n${lines.map((line) => `    ${line}\n`).join('')}`
}

function probabilityWords(result: AnalysisResult, t: Translate): string {
  const { probability } = result
  if (probability === null) return t('cli.no-probability')
  const event = decidingEvent(result)
  if (event === undefined) return t('cli.probability', { value: formatProbability(probability) })
  return t('cli.probability-event', {
    value: formatProbability(event.peakProbability),
    start: formatSignificant(event.startSeconds),
    end: formatSignificant(event.endSeconds),
    whole: formatProbability(probability),
  })
}

function eventWords({ events, verdict }: AnalysisResult, t: Translate): string[] {
  // what a model says of a recording it cannot judge is nothing to act on
  if (events.length === 0 || verdict === 'not-applicable') return []
  const shown = events.slice(0, mostEvents).map(({ startSeconds, endSeconds, peakProbability }) =>
    t('cli.event', {
      start: formatSignificant(startSeconds),
      end: formatSignificant(endSeconds),
      probability: formatProbability(peakProbability),
    }),
  )
  if (events.length > mostEvents) shown.push(t('cli.more-events', { count: events.length - mostEvents }))
  return [t('cli.events', { count: events.length, list: shown.join('; ') })]
}

/** Three lines: the envelope, the beat of the evidence, both together. */
function diagnosisWords({ diagnosis }: AnalysisResult, t: Translate): string[] {
  if (diagnosis === null) return []
  const { witness, evidenceBeat, sentence } = diagnosis
  const line = (title: string, words: string): string => t('cli.diagnosis', { title, words })
  return [
    line(t('witness.title'), [witness.sentence, ...witness.reasons].join(' ')),
    line(t('beat.title'), evidenceBeat?.sentence ?? t('beat.none')),
    line(t('together.title'), sentence),
  ]
}

function indicatorWords({ indicators, channel }: AnalysisResult, t: Translate): string {
  const unit = channel.unit === null ? '' : ` ${channel.unit}`
  const words = t('cli.indicators', {
    rms: formatSignificant(indicators.rms) + unit,
    peak: formatSignificant(indicators.peak) + unit,
    crest: formatSignificant(indicators.crestFactor),
    kurtosis: formatSignificant(indicators.kurtosis),
  })
  return channel.unit === null ? `${words} ${t('cli.unit-unknown')}` : words
}

/** Names come from files: control characters must not steer the terminal. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '?')
}
