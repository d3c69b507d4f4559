import type { MessageKey, Translate } from '../locales/translate'
import type { ProjectDocument, ProjectRecording, ProjectResult } from './project-document'
import { sampleRateOfChannel } from './project-document'
import type { RecordingState } from './project-state'

/** What should be looked at before a report leaves the desk. */
export interface ChecklistItem {
  readonly code: ChecklistCode
  readonly message: string
  /** 'stop': the report would mislead; 'warning': say so in it, or mend it; 'hint': good to know. */
  readonly severity: 'stop' | 'warning' | 'hint'
  readonly recordingId: string
}

export const checklistCodes = [
  'recording-missing',
  'recording-changed',
  'rate-unknown',
  'unit-missing',
  'speed-unknown',
  'not-analysed',
  'result-outdated',
  'verdict-uncertain',
  'out-of-domain',
  'refuted-event',
  'verdict-doubted',
] as const
export type ChecklistCode = (typeof checklistCodes)[number]

const severities: Readonly<Record<ChecklistCode, ChecklistItem['severity']>> = {
  'recording-missing': 'stop',
  'recording-changed': 'stop',
  'rate-unknown': 'stop',
  'unit-missing': 'warning',
  'speed-unknown': 'warning',
  'not-analysed': 'warning',
  'result-outdated': 'stop',
  'verdict-uncertain': 'warning',
  'out-of-domain': 'warning',
  'refuted-event': 'warning',
  'verdict-doubted': 'hint',
}

export function composeChecklist(
  document: ProjectDocument,
  states: Readonly<Record<string, RecordingState>>,
  recordingIds: readonly string[] | undefined,
  translate: Translate,
): ChecklistItem[] {
  const asked = document.recordings.filter(({ id }) => recordingIds === undefined || recordingIds.includes(id))
  return asked.flatMap((recording) => {
    const item = (code: ChecklistCode, values: Readonly<Record<string, string | number>> = {}): ChecklistItem => ({
      code,
      severity: severities[code],
      recordingId: recording.id,
      message: translate(`checklist.${code}` satisfies MessageKey, { recording: recording.name, ...values }),
    })
    const results = document.results.filter(({ recordingId }) => recordingId === recording.id)
    return [
      ...fileItems(states[recording.id], item),
      ...propertyItems(recording, item),
      ...resultItems(recording, results, item),
      ...answerItems(document, recording, results, item),
    ]
  })
}

type MakeItem = (code: ChecklistCode, values?: Readonly<Record<string, string | number>>) => ChecklistItem

function fileItems(state: RecordingState | undefined, item: MakeItem): ChecklistItem[] {
  if (state === 'missing') return [item('recording-missing')]
  return state === 'changed' ? [item('recording-changed')] : []
}

function propertyItems(recording: ProjectRecording, item: MakeItem): ChecklistItem[] {
  const { properties, channels } = recording
  const items: ChecklistItem[] = []
  if (sampleRateOfChannel(recording, null) === undefined) items.push(item('rate-unknown'))
  const unitless = channels.filter((channel) => (channel.unit ?? properties.unit.value) === null)
  if (unitless.length > 0) items.push(item('unit-missing', { channels: unitless.map(({ name }) => name).join(', ') }))
  if (properties.shaftSpeedRpm.value === null) items.push(item('speed-unknown'))
  return items
}

function resultItems(recording: ProjectRecording, results: readonly ProjectResult[], item: MakeItem): ChecklistItem[] {
  if (results.length === 0) return [item('not-analysed')]
  const items: ChecklistItem[] = []
  for (const { channel, model, verdict, reasons, recordingSha256 } of results) {
    const values = { channel: recording.channels[channel]?.name ?? channel + 1, model: model.id }
    if (recordingSha256 !== recording.file.sha256) items.push(item('result-outdated', values))
    if (verdict === 'uncertain') items.push(item('verdict-uncertain', values))
    if (verdict === 'not-applicable') items.push(item('out-of-domain', { ...values, reason: reasons[0] ?? '' }))
  }
  return items
}

/** Events that the analyst refuted are still in the result and push the verdict. */
function answerItems(
  document: ProjectDocument,
  recording: ProjectRecording,
  results: readonly ProjectResult[],
  item: MakeItem,
): ChecklistItem[] {
  const answers = document.annotations.filter(({ recordingId }) => recordingId === recording.id)
  let refutedCount = 0
  let eventCount = 0
  for (const { channel, model, events } of results) {
    const refuted = answers.filter(
      ({ event, channel: of }) =>
        event?.answer === 'refute' && event.modelId === model.id && (of ?? channel) === channel,
    )
    eventCount += events.length
    refutedCount += events.filter((each) =>
      refuted.some(
        ({ event }) => event !== null && event.startSample < each.endSample && each.startSample < event.endSample,
      ),
    ).length
  }
  const items: ChecklistItem[] = []
  if (refutedCount > 0) items.push(item('refuted-event', { count: refutedCount, total: eventCount }))
  const doubtfulCount = answers.filter(({ kind }) => kind === 'doubtful').length
  if (doubtfulCount > 0) items.push(item('verdict-doubted', { count: doubtfulCount }))
  return items
}
