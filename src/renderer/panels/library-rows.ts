import type { Translate } from '../../shared/locales/translate'
import { formatRate, formatSeconds } from '../services/format'
import type { AnalysisState, LibraryEntry } from '../stores/use-library-store'

/** Name, format and verdict words all find a recording; every word typed must be there. */
export function filterEntries(entries: readonly LibraryEntry[], words: string, t: Translate): readonly LibraryEntry[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  if (wanted.length === 0) return entries
  return entries.filter((entry) => {
    const text = searchTextOf(entry, t)
    return wanted.every((word) => text.includes(word))
  })
}

function searchTextOf({ name, state, analysis }: LibraryEntry, t: Translate): string {
  const format = state.kind === 'ready' ? state.recording.summary.format : state.kind
  const verdict = analysis.kind === 'done' ? `${analysis.verdict} ${t(`verdict.${analysis.verdict}`)}` : ''
  return `${name} ${format} ${verdict}`.toLowerCase()
}

/** "WAV · 2 channels · 12 kHz · 10 s" */
export function describeEntry({ state, channel }: LibraryEntry, t: Translate): string {
  if (state.kind === 'opening') return t('library.opening')
  if (state.kind === 'failed') return state.message
  const { summary } = state.recording
  const shown = summary.channels[channel]
  return [
    summary.format.toUpperCase(),
    summary.channels.length === 1 ? undefined : t('library.channels', { count: summary.channels.length }),
    formatRate(shown?.sampleRateHz ?? null, t),
    shown?.durationSeconds === null ? undefined : formatSeconds(shown?.durationSeconds ?? null, t),
  ]
    .filter((part) => part !== undefined)
    .join(' · ')
}

export interface ProgressWords {
  /** 0 … 1 */
  readonly share: number
  readonly text: string
}

/** Share done, and what is left at the rate so far. @param now performance.now() */
export function progressOf(
  analysis: Extract<AnalysisState, { kind: 'running' }>,
  now: number,
  t: Translate,
): ProgressWords {
  const { done, total, stage, startedAt } = analysis
  const share = total > 0 ? Math.min(1, done / total) : 0
  const elapsed = (now - startedAt) / 1000
  const percent = Math.round(100 * share)
  const name = stageName(stage, t)
  if (share <= 0.02 || elapsed < 0.5) return { share, text: t('cli.progress', { stage: name, percent }) }
  const left = formatSeconds((elapsed * (1 - share)) / share, t)
  const text = t('library.progress', { stage: name, percent, left })
  return { share, text }
}

const stages = ['read', 'condition', 'infer', 'picture', 'baseline', 'report', 'charts'] as const

export function stageName(stage: string, t: Translate): string {
  const known = stages.find((each) => each === stage)
  return t(known === undefined ? 'stage.other' : `stage.${known}`)
}
