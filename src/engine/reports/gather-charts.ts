import type { AnalysisResult } from '../../shared/analysis'
import type { SpectrumResult } from '../../shared/contract/outputs'
import { AnalyzerError } from '../../shared/errors'
import type { Locale } from '../../shared/locales/translate'
import { translator } from '../../shared/locales/translate'
import type { ReportAnnotation } from '../../shared/report/inputs'
import type { SampleRange } from '../../shared/sample-range'
import type { ChannelCharts } from '../analysis/outcome'
import type { FrequencyMark } from './chart-spectrum'
import { composeSpectrum, highestPeaks } from './chart-spectrum'
import { composeCloseUp, composeSpectrogram, composeTimeline } from './chart-timeline'
import type {
  AnnotationChart,
  ChannelReportCharts,
  ReportChannel,
  SpectrumChart,
  Stretch,
} from './document/report-input'
import type { PictureModel } from './picture-model'

/** Shown from near: some turns of the shaft. */
const closeUpSeconds = 0.2

/** Everything that a report shows of one channel; reads the recording again. */
export async function gatherChannel(
  source: ChannelCharts,
  annotations: readonly ReportAnnotation[],
  locale: Locale,
  signal: AbortSignal,
): Promise<ReportChannel> {
  const picture = await source.picture(signal)
  const { result, besides, machine } = picture
  const charts: ChannelReportCharts = {
    timeline: composeTimeline(picture, locale),
    spectrogram: composeSpectrogram(picture, locale),
    hasMap: picture.map !== undefined,
    closeUp: await closeUpOf(source, picture, locale, signal),
    ...(await spectraOf(source, result, locale, signal)),
    annotations: await annotationCharts(source, result, annotations, locale, signal),
  }
  return { result, others: besides, machine, recordedAt: source.recordedAt, charts }
}

export function samplesOf(
  { channel }: AnalysisResult,
  { startSeconds, endSeconds }: { readonly startSeconds: number; readonly endSeconds: number },
): SampleRange {
  const start = Math.max(0, Math.floor(startSeconds * channel.sampleRateHz))
  return { start, end: Math.min(channel.sampleCount, Math.ceil(endSeconds * channel.sampleRateHz)) }
}

async function closeUpOf(
  source: ChannelCharts,
  picture: PictureModel,
  locale: Locale,
  signal: AbortSignal,
): Promise<Stretch | undefined> {
  const { result } = picture
  const { durationSeconds } = result.channel
  const centre = strongestSeconds(picture)
  if (centre === undefined || durationSeconds < 2 * closeUpSeconds) return undefined
  const startSeconds = Math.max(0, Math.min(durationSeconds - closeUpSeconds, centre - closeUpSeconds / 2))
  const span = { startSeconds, endSeconds: startSeconds + closeUpSeconds }
  const near = await source.picture(signal, samplesOf(result, span))
  return { chart: composeCloseUp(near, locale), ...span }
}

/** Middle of the column with the greatest evidence, within the strongest event where there is one. */
function strongestSeconds({ ribbon, result }: PictureModel): number | undefined {
  if (ribbon === undefined) return undefined
  const event = result.events.reduce<AnalysisResult['events'][number] | undefined>(
    (strongest, each) => (strongest === undefined || each.evidence > strongest.evidence ? each : strongest),
    undefined,
  )
  const columnSeconds = (ribbon.endSeconds - ribbon.startSeconds) / ribbon.values.length
  let best: number | undefined
  let greatest = -Infinity
  ribbon.values.forEach((value, index) => {
    const seconds = ribbon.startSeconds + (index + 0.5) * columnSeconds
    const isInside = event === undefined || (seconds >= event.startSeconds && seconds <= event.endSeconds)
    if (!isInside || !(value > greatest)) return
    greatest = value
    best = seconds
  })
  return best
}

async function spectraOf(
  source: ChannelCharts,
  result: AnalysisResult,
  locale: Locale,
  signal: AbortSignal,
): Promise<Pick<ChannelReportCharts, 'spectrum' | 'envelope' | 'envelopeProblem'>> {
  if (result.channel.sampleCount < 2) return { spectrum: undefined, envelope: undefined, envelopeProblem: undefined }
  const t = translator(locale)
  signal.throwIfAborted()
  const halfRateHz = result.channel.sampleRateHz / 2
  const plain = await source.spectrum()
  const spectrum = chartOf(plain, t('report.spectrum.title'), halfRateHz, [], locale)
  signal.throwIfAborted()
  const band = envelopeBand(result)
  const title = t('report.envelope.title', { low: Math.round(band[0]), high: Math.round(band[1]) })
  try {
    const envelope = await source.spectrum(band)
    const highHz = envelopeHighHz(result)
    return {
      spectrum,
      envelope: chartOf(envelope, title, highHz, envelopeMarks(result, locale), locale),
      envelopeProblem: undefined,
    }
  } catch (error) {
    // gaps, or a rate that holds no band: the report says so and goes on
    if (!(error instanceof AnalyzerError)) throw error
    return { spectrum, envelope: undefined, envelopeProblem: error.message }
  }
}

function chartOf(
  spectrum: SpectrumResult,
  title: string,
  highHz: number,
  marks: readonly FrequencyMark[],
  locale: Locale,
): SpectrumChart {
  const chart = composeSpectrum({ spectrum, title, highHz, marks }, locale)
  const peaksHz = highestPeaks(spectrum, highHz).map(({ hz }) => hz)
  return { chart, spectrum, peaksHz: peaksHz.slice(0, 3) }
}

/**
 * The band in which the second witness sees most; else above the shaft orders and most gear meshes, below the filter's
 * edge. Said in the title of the chart.
 */
export function envelopeBand({ channel, diagnosis }: AnalysisResult): readonly [number, number] {
  const { sampleRateHz } = channel
  const witness = diagnosis?.witness
  const heard = witness?.hypotheses.at(0)?.bandHz ?? witness?.impactBeat?.bandHz
  if (heard !== undefined && heard !== null) return heard
  return [Math.min(2000, 0.1 * sampleRateHz), Math.min(10_000, 0.45 * sampleRateHz)]
}

/** Twenty shaft orders hold three harmonics of the lines of most bearings. */
export function envelopeHighHz({ settings, channel, diagnosis }: AnalysisResult): number {
  const rpm = settings.shaftSpeedRpm
  const orders = rpm === null ? 500 : Math.max(100, Math.min(1000, (20 * rpm) / 60))
  const leading = diagnosis?.witness.hypotheses.at(0)?.expectedHz ?? 0
  const wanted = Math.max(orders, 3.5 * leading)
  return Math.min(wanted, channel.sampleRateHz / 4)
}

/** Lines of the likeliest part with its harmonics, the first line of the others, and the shaft; telling ones first. */
export function envelopeMarks({ settings, diagnosis }: AnalysisResult, locale: Locale): FrequencyMark[] {
  const hypotheses = diagnosis?.witness.hypotheses ?? []
  const lines = hypotheses.flatMap((hypothesis, index) =>
    hypothesis.lines.filter(({ harmonic, sideband }) => sideband === 0 && (index === 0 || harmonic === 1)),
  )
  const marks = lines.map(({ expectedHz, label }) => ({ hz: expectedHz, label }))
  const rpm = settings.shaftSpeedRpm
  if (rpm === null) return marks
  const t = translator(locale)
  const shaft = [1, 2, 3].map((order) => ({ hz: (order * rpm) / 60, label: t('report.shaft-order', { order }) }))
  return [...marks, ...shaft]
}

async function annotationCharts(
  source: ChannelCharts,
  result: AnalysisResult,
  annotations: readonly ReportAnnotation[],
  locale: Locale,
  signal: AbortSignal,
): Promise<AnnotationChart[]> {
  const charts: AnnotationChart[] = []
  for (const annotation of annotations) {
    if (!belongsTo(annotation, result)) continue
    signal.throwIfAborted()
    const picture = await source.picture(signal, samplesOf(result, shownAround(annotation, result)))
    charts.push({ annotation, chart: composeCloseUp(picture, locale) })
  }
  return charts
}

function belongsTo({ fileSha256, channel, startSeconds }: ReportAnnotation, result: AnalysisResult): boolean {
  return (
    (fileSha256 ?? result.file.sha256) === result.file.sha256 &&
    (channel ?? result.channel.name) === result.channel.name &&
    startSeconds <= result.channel.durationSeconds
  )
}

/** The marked stretch; a point in time gets room on both sides. */
function shownAround({ startSeconds, endSeconds }: ReportAnnotation, { channel }: AnalysisResult) {
  const length = Math.max(closeUpSeconds, endSeconds - startSeconds)
  const middle = (startSeconds + endSeconds) / 2
  const from = Math.max(0, Math.min(middle - length / 2, channel.durationSeconds - length))
  return { startSeconds: from, endSeconds: from + length }
}
