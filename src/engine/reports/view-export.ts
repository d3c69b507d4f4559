import type { RequestInput } from '../../shared/contract/requests'
import { AnalyzerError } from '../../shared/errors'
import { translator } from '../../shared/locales/translate'
import type { ChannelCharts } from '../analysis/outcome'
import { composeSpectrum } from './chart-spectrum'
import { composeCloseUp, composeSpectrogram, composeTimeline } from './chart-timeline'
import { loadFonts } from './fonts'
import { envelopeBand, envelopeHighHz, samplesOf, envelopeMarks } from './gather-charts'
import { composePicture } from './picture'
import { outlineText, renderPng } from './render-png'

type ViewRequest = Omit<RequestInput<'view.export'>, 'jobId' | 'index'>

/** A view of a channel as PNG, or as SVG whose letters are outlines: the same on every machine. */
export async function exportView(
  source: ChannelCharts,
  request: ViewRequest,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const svg = await composeView(source, request, signal)
  const fonts = loadFonts()
  return request.format === 'png' ? renderPng(svg, fonts, request.scale ?? 1) : Buffer.from(outlineText(svg, fonts))
}

async function composeView(source: ChannelCharts, request: ViewRequest, signal: AbortSignal): Promise<string> {
  const { view, locale } = request
  const whole = await source.picture(signal)
  const { result } = whole
  const t = translator(locale)
  if (view === 'spectrum') {
    const spectrum = await source.spectrum()
    const highHz = result.channel.sampleRateHz / 2
    return composeSpectrum({ spectrum, title: t('report.spectrum.title'), highHz, marks: [] }, locale).svg
  }
  if (view === 'envelope') {
    const band = envelopeBand(result)
    const spectrum = await source.spectrum(band)
    const title = t('report.envelope.title', { low: Math.round(band[0]), high: Math.round(band[1]) })
    const marks = envelopeMarks(result, locale)
    return composeSpectrum({ spectrum, title, highHz: envelopeHighHz(result), marks }, locale).svg
  }
  const { startSeconds, endSeconds } = request
  const isPart = startSeconds !== undefined || endSeconds !== undefined
  const span = { startSeconds: startSeconds ?? 0, endSeconds: endSeconds ?? result.channel.durationSeconds }
  const range = samplesOf(result, span)
  if (isPart && range.end <= range.start) {
    throw new AnalyzerError(
      'bad-request',
      `There is nothing from ${span.startSeconds} to ${span.endSeconds} s; the recording is ${result.channel.durationSeconds} s long.`,
    )
  }
  const picture = isPart ? await source.picture(signal, range) : whole
  if (view === 'page') return composePicture(picture, locale)
  if (view === 'timeline') return composeTimeline(picture, locale).svg
  return (view === 'spectrogram' ? composeSpectrogram : composeCloseUp)(picture, locale).svg
}
