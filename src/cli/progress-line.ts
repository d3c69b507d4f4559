import type { EngineEvent } from '../shared/contract/events'
import type { MessageKey, Translate } from '../shared/locales/translate'
import type { CliIo } from './io'

export interface ProgressLine {
  show(event: EngineEvent): void
  /** Takes the line away, so that words can follow. */
  clear(): void
}

const knownStages: Readonly<Record<string, MessageKey>> = {
  read: 'stage.read',
  condition: 'stage.condition',
  infer: 'stage.infer',
  picture: 'stage.picture',
  train: 'stage.train',
  evaluate: 'stage.evaluate',
  calibrate: 'stage.calibrate',
  baseline: 'stage.baseline',
}
const eraseLine = '\r\u001b[K'
const leastMilliseconds = 100 // at most 10 a second, whatever the engine sends

/** One line on stderr with share, rate and time left; silent where stderr is no terminal. */
export function createProgressLine(io: CliIo, t: Translate): ProgressLine {
  if (!io.isErrTerminal) return { show: () => undefined, clear: () => undefined }
  let stage = ''
  let stageStart = 0
  let shownAt = -Infinity
  let isShown = false
  return {
    show: (event) => {
      if (event.name !== 'job.progress') return
      const { done, total } = event.data
      const now = io.now()
      const isNew = event.data.stage !== stage
      if (isNew) {
        stage = event.data.stage
        stageStart = now
      }
      if (!isNew && done < total && now - shownAt < leastMilliseconds) return
      shownAt = now
      isShown = true
      const seconds = (now - stageStart) / 1000
      const line = progressWords(t, { stage, done, total, seconds })
      io.err(eraseLine + cutToColumns(line, io.errColumns - 1))
    },
    clear: () => {
      if (isShown) io.err(eraseLine)
      isShown = false
    },
  }
}

/** A line that wraps could not be erased; Chinese characters are two columns wide. */
function cutToColumns(line: string, columns: number): string {
  let width = 0
  let cut = ''
  for (const character of line) {
    width += /[\u2e80-\u9fff\uff00-\uffef]/.test(character) ? 2 : 1
    if (width > columns) break
    cut += character
  }
  return cut
}

interface StageProgress {
  readonly stage: string
  readonly done: number
  readonly total: number
  readonly seconds: number
}

export function progressWords(t: Translate, { stage, done, total, seconds }: StageProgress): string {
  const share = total > 0 ? Math.min(1, done / total) : 0
  const words = {
    stage: t(Object.hasOwn(knownStages, stage) ? knownStages[stage] : 'stage.other'),
    percent: Math.floor(100 * share),
  }
  const rate = seconds > 0 ? done / seconds : 0
  if (!(rate > 0) || seconds < 0.3) return t('cli.progress', words)
  const secondsLeft = Math.max(0, (total - done) / rate)
  return t('cli.progress-rate', { ...words, rate: compact(rate), left: clock(secondsLeft) })
}

/** 3140000 → '3.1 M' */
function compact(value: number): string {
  if (value >= 1e6) return `${(value / 1e6).toFixed(1)} M`
  if (value >= 1e3) return `${(value / 1e3).toFixed(1)} k`
  return value >= 10 ? value.toFixed(0) : value.toFixed(1)
}

function clock(seconds: number): string {
  const whole = Math.ceil(seconds)
  if (whole < 60) return `${whole} s`
  const minutes = Math.floor(whole / 60)
  if (minutes < 60) return `${minutes} min ${whole % 60} s`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
