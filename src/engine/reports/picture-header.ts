import { decidingEvent } from '../../shared/deciding-event'
import { channelLabel } from '../../shared/locales/channel-label'
import type { Translate } from '../../shared/locales/translate'
import { formatProbability, formatSignificant } from '../../shared/number-words'
import { timeUnitOf } from './axis'
import type { Drawing } from './picture-style'
import { faint, gridColour, ink, margin, pictureHeight, pictureWidth, verdictColours } from './picture-style'
import { element, fitText, textElement, wrapText } from './svg'

const right = pictureWidth - margin
const badgeTop = 98
const badgeHeight = 80
const badgeTextSize = 44
const probabilityWidth = 330

/** File and channel; the verdict as badge, sentence and number. */
export function drawHeader(drawing: Drawing): string {
  return drawOrigin(drawing) + drawVerdict(drawing) + drawProbability(drawing)
}

function drawOrigin({ model, t, fonts }: Drawing): string {
  const { file, channel, settings } = model.result
  const details = [
    channelLabel(fitText(channel.name, 420, 18, 400, fonts), t),
    t('header.rate', { rate: formatSignificant(channel.sampleRateHz / 1000) }),
    t('header.duration', { duration: durationWords(channel.durationSeconds, t) }),
    settings.shaftSpeedRpm === null
      ? t('header.speed-unknown')
      : t('header.speed', { rpm: String(Math.round(settings.shaftSpeedRpm)) }),
  ]
  if (model.machine !== undefined)
    details.push(t('header.machine', { name: fitText(model.machine, 300, 18, 400, fonts) }))
  const name = fitText(file.name, right - margin, 24, 700, fonts)
  return (
    textElement(margin, 48, name, { size: 24, weight: 700, fill: ink }, fonts) +
    textElement(margin, 76, details.join('  ·  '), { size: 18, weight: 400, fill: faint }, fonts)
  )
}

function drawVerdict({ model, t, fonts }: Drawing): string {
  const { verdict, reasons } = model.result
  const word = t(`verdict.${verdict}`)
  const badgeWidth = fonts.measure(word, badgeTextSize, 700) + 56
  const badge =
    element('rect', {
      x: margin,
      y: badgeTop,
      width: badgeWidth,
      height: badgeHeight,
      rx: 12,
      fill: verdictColours[verdict],
    }) +
    textElement(
      margin + badgeWidth / 2,
      badgeTop + badgeHeight / 2 + badgeTextSize * 0.36,
      word,
      { size: badgeTextSize, weight: 700, fill: 'white', anchor: 'middle' },
      fonts,
    )
  const left = margin + badgeWidth + 28
  const width = right - probabilityWidth - left
  const sentenceStyle = { size: 25, weight: 700, fill: ink } as const
  const noteStyle = { size: 16, weight: 400, fill: faint } as const
  const sentence = wrapText(t(`verdict.${verdict}.sentence`), width, 2, sentenceStyle, fonts)
  const noteLines = wrapText(reasons.join(' '), width, 4 - sentence.length, noteStyle, fonts)
  let y = badgeTop + (sentence.length + noteLines.length > 2 ? 20 : 34)
  let words = ''
  for (const line of sentence) {
    words += textElement(left, y, line, sentenceStyle, fonts)
    y += 30
  }
  for (const line of noteLines) {
    words += textElement(left, y, line, noteStyle, fonts)
    y += 23
  }
  return badge + words
}

function drawProbability({ model, t, fonts }: Drawing): string {
  const { probability, score, verdict } = model.result
  const write = (y: number, words: string, size: number, weight: 400 | 700, fill: string): string =>
    textElement(right, y, words, { size, weight, fill, anchor: 'end' }, fonts)
  if (probability === null) {
    return (
      write(badgeTop + 36, t('probability.none'), 26, 700, faint) +
      write(badgeTop + 64, t('probability.none.reason'), 16, 400, faint)
    )
  }
  const event = decidingEvent(model.result)
  if (event !== undefined) {
    const start = formatSignificant(event.startSeconds)
    const end = formatSignificant(event.endSeconds)
    return (
      write(badgeTop + 38, formatProbability(event.peakProbability), 52, 700, verdictColours[verdict]) +
      write(badgeTop + 63, t('probability.event', { start, end }), 17, 400, ink) +
      write(badgeTop + 84, t('probability.whole', { value: formatProbability(probability) }), 15, 400, faint)
    )
  }
  return (
    write(badgeTop + 38, formatProbability(probability), 52, 700, verdictColours[verdict]) +
    write(badgeTop + 63, t('probability.title'), 17, 400, ink) +
    write(badgeTop + 84, t('probability.calibrated', { logit: signed(score.logit) }), 15, 400, faint)
  )
}

/** Where everything comes from, and with which settings. */
export function drawFooter({ model, t, fonts }: Drawing): string {
  const { result, besides } = model
  const { settings } = result
  const hasOthers = besides.length > 0
  const names = [result, ...besides].map((each, index) =>
    t(index === 0 && hasOthers ? 'footer.model-decides' : 'footer.model', {
      id: each.model.id,
      version: each.settings.modelVersion,
      kind: each.model.kind.toUpperCase(),
      sha256: short(each.model.sha256),
    }),
  )
  const { slowRmsSeconds } = settings.conditioning
  const how = [
    t('footer.backend', { backend: result.backend }),
    t('footer.segments', {
      length: durationWords(settings.segmentSeconds, t),
      stride: durationWords(settings.segmentStrideSeconds, t),
    }),
    ...(typeof slowRmsSeconds === 'number' ? [t('footer.conditioning', { seconds: slowRmsSeconds })] : []),
    t('footer.program', { version: settings.programVersion }),
  ]
  const fileName = fitText(result.file.name, 900, 14, 400, fonts)
  const lines = [
    t('footer.file', { name: fileName, sha256: short(result.file.sha256) }),
    names.join('  ·  '),
    how.join('  ·  '),
  ]
  const top = pictureHeight - 66
  const rule = element('line', { x1: margin, x2: right, y1: top - 18, y2: top - 18, stroke: gridColour })
  return lines.reduce(
    (drawn, line, index) =>
      drawn +
      textElement(
        margin,
        top + index * 21,
        fitText(line, right - margin, 14, 400, fonts),
        { size: 14, weight: 400, fill: faint },
        fonts,
      ),
    rule,
  )
}

function durationWords(seconds: number, t: Translate): string {
  const { unit, seconds: unitSeconds } = timeUnitOf(seconds)
  const keys = { ms: 'unit.milliseconds', s: 'unit.seconds', min: 'unit.minutes', h: 'unit.hours' } as const
  return t(keys[unit], { value: formatSignificant(seconds / unitSeconds) })
}

function signed(logit: number | null): string {
  const words = formatSignificant(logit)
  return logit !== null && logit > 0 ? `+${words}` : words
}

/** First 12 hex digits: enough to recognise a file, short enough to read out. */
function short(sha256: string): string {
  return sha256.slice(0, 12)
}
