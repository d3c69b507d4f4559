import { AnalyzerError } from '../errors'
import type { Annotation } from './annotation'
import type { ImportedAnnotation, UnscaledRegion } from './annotation-table'
import { isAnnotationKind, isSeverity, lineError, regionSeconds } from './annotation-table'
import type { ProjectRecording } from './project-document'

/**
 * Label tracks of Audacity (manual: "Importing and Exporting Labels"): start, end and text between tabs, in seconds; a
 * frequency range on a second line that begins with a backslash, −1 where an end is undefined. Kind, fault type and
 * severity go in front of the text: "fault/outer-race/severe: grinding". Author, times and events do not fit in.
 */
export function composeAudacity(annotations: readonly Annotation[], recording: ProjectRecording): string {
  return annotations.map((annotation) => label(annotation, recording)).join('')
}

function label(annotation: Annotation, recording: ProjectRecording): string {
  const seconds = regionSeconds(annotation, recording)
  if (seconds === undefined) {
    throw new AnalyzerError(
      'bad-request',
      `The sampling rate of "${recording.name}" is unknown; Audacity's labels are in seconds. Set the rate first.`,
      { recording: recording.name },
    )
  }
  const first = `${decimal(seconds.start)}\t${decimal(seconds.end)}\t${labelText(annotation)}\n`
  const { region } = annotation
  return region.shape === 'box' ? `${first}\\\t${decimal(region.lowHz)}\t${decimal(region.highHz)}\n` : first
}

/** Nine digits after the point find the sample again up to 500 MHz; Audacity's own six do up to 500 kHz. */
function decimal(value: number): string {
  return value.toFixed(9).replace(/0{1,3}$/, '')
}

function labelText({ kind, faultType, severity, text }: Annotation): string {
  const head = [kind, faultType ?? '', severity ?? ''].map((part) => oneLine(part).replace(/[/:]/g, ' '))
  const words = oneLine(text)
  return `${head.join('/').replace(/\/+$/, '')}${words === '' ? '' : `: ${words}`}`
}

function oneLine(text: string): string {
  return text.replace(/[\t\r\n]+/g, ' ').trim()
}

/** @throws AnalyzerError unreadable-file, with the line */
export function parseAudacity(text: string, name: string): ImportedAnnotation[] {
  const found: ImportedAnnotation[] = []
  text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .forEach((content, index) => {
      const line = index + 1
      if (content.trim() === '') return
      const cells = content.split('\t')
      if (cells[0] === '\\') {
        const last = found.pop()
        if (last === undefined) throw lineError(name, line, 'A frequency range stands before the first label.')
        found.push(withBand(last, cells, name, line))
      } else found.push(labelOf(cells, name, line))
    })
  return found
}

function labelOf(cells: readonly string[], name: string, line: number): ImportedAnnotation {
  const start = numberOf(cells[0])
  const end = numberOf(cells[1] ?? '')
  if (start === undefined || end === undefined || start < 0 || end < start) {
    throw lineError(name, line, 'A start and an end in seconds, between tabs, were expected.')
  }
  const words = cells.slice(2).join(' ').trim()
  const region: UnscaledRegion = { start, end, in: 'seconds' }
  return { line, channel: null, region, ...readLabelText(words), event: null }
}

function readLabelText(words: string): Pick<ImportedAnnotation, 'kind' | 'faultType' | 'severity' | 'text'> {
  const found = /^([a-z]+)(?:\/([^/:]*))?(?:\/([^/:]*))?(?::\s?(.*))?$/.exec(words)
  const [, kind, faultType = '', severity = '', text = ''] = found ?? []
  if (kind === undefined || !isAnnotationKind(kind) || !(severity === '' || isSeverity(severity))) {
    return { kind: 'note', faultType: null, severity: null, text: words }
  }
  return {
    kind,
    faultType: faultType === '' ? null : faultType,
    severity: severity === '' ? null : severity,
    text,
  }
}

function withBand(last: ImportedAnnotation, cells: readonly string[], name: string, line: number): ImportedAnnotation {
  const low = numberOf(cells[1] ?? '')
  const high = numberOf(cells[2] ?? '')
  if (low === undefined || high === undefined) {
    throw lineError(name, line, 'A low and a high frequency in Hz, between tabs, were expected after the backslash.')
  }
  // one frequency is no range: it stays as words
  if (low === high || last.region.start === last.region.end) {
    const words = low === high ? `${low} Hz` : `${low}–${high} Hz`
    return low < 0 && high < 0 ? last : { ...last, text: `${last.text} (${words})`.trim() }
  }
  const bandHz = [low < 0 ? undefined : low, high < 0 ? undefined : high] as const
  return { ...last, line, region: { ...last.region, bandHz } }
}

/** Old versions wrote the decimal mark of the country. */
function numberOf(text: string): number | undefined {
  const trimmed = text.trim()
  return /^-?\d+(?:[.,]\d+)?$/.test(trimmed) ? Number(trimmed.replace(',', '.')) : undefined
}
