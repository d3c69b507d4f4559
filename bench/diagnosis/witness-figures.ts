import { hearEnvelope } from '../../src/engine/diagnosis/diagnose'
import { quietJob } from '../../src/engine/jobs/job-context'
import type { Channel } from '../../src/engine/readers/recording'
import type { BearingEntry } from '../../src/shared/diagnosis/bearing'
import type { BearingPart, Witness } from '../../src/shared/diagnosis/diagnosis'
import { translator } from '../../src/shared/locales/translate'
import { eachRecording, isHealthy, type BenchRecording } from './recordings'

const t = translator('en')

async function ask(
  channel: Channel,
  { sampleRateHz }: BenchRecording,
  shaftSpeedRpm: number | undefined,
  bearing: BearingEntry | undefined,
): Promise<Witness> {
  const settings = { shaftSpeedRpm, bearing, bandHz: undefined }
  return (await hearEnvelope(channel, sampleRateHz, settings, t, quietJob)).witness
}

/** One row a file: what was put into the bearing, what is named. */
export async function cwruWitness(): Promise<string[]> {
  const rows: string[] = []
  let named = 0
  let indicated = 0
  await eachRecording(
    'cwru',
    () => true,
    async (recording) => {
      const { entry, channels, shaftSpeedRpm, bearing, part } = recording
      const witness = await ask(channels[0], recording, shaftSpeedRpm, bearing)
      const [first] = witness.hypotheses
      const isRight = part !== undefined && first.part === part
      if (isRight) named += 1
      if (isRight && witness.verdict === `fault-${part}`) indicated += 1
      const numbers = `${oneDigit(first.strengthDb)} dB, ${percent(first.depth)}, ${oneDigit(first.offPercent)} %`
      rows.push(`| ${entry.bearing} | ${part ?? 'none'} | ${first.part} | ${witness.verdict} | ${numbers} |`)
    },
  )
  return [
    '| CWRU drive end | true | named first | verdict | strength, depth, off |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
    `Right part named first: **${named} of 13** (aim 11). Right verdict: ${indicated} of 13; the others say no sign.`,
  ]
}

interface Counts {
  recordings: number
  channels: number
  cannotTell: number
  flaggedChannels: number
  flaggedRecordings: number
}

/** Healthy FEMTO snapshots with their bearing and speed. */
export async function femtoWitness(): Promise<string> {
  const counts = empty()
  await eachRecording('femto', isHealthy, async (recording) => {
    const said: boolean[] = []
    for (const channel of recording.channels) {
      const { verdict } = await ask(channel, recording, recording.shaftSpeedRpm, recording.bearing)
      counts.channels += 1
      if (verdict === 'cannot-tell') counts.cannotTell += 1
      said.push(verdict.startsWith('fault'))
    }
    count(counts, said)
  })
  return `| FEMTO healthy, bearing and speed given | ${wordsOf(counts)}; can’t tell: ${counts.cannotTell} of ${counts.channels} channels (0.1 s is 2.5 to 3 turns) |`
}

/** ADI: the beat of impacts with and without a speed, healthy and faulty; and the parts with a bearing assumed. */
export async function adiWitness(): Promise<string[]> {
  const beat = { healthy: empty(), fault: empty() }
  const speedless = { healthy: empty(), fault: empty() }
  const assumed = { healthy: empty(), fault: empty() }
  const named: Partial<Record<BearingPart, number>> = {}
  await eachRecording(
    'adi-limerick',
    () => true,
    async (recording) => {
      const side = recording.part === undefined ? 'healthy' : 'fault'
      const said = { beat: [] as boolean[], speedless: [] as boolean[], assumed: [] as boolean[] }
      let best: { quality: number; part: BearingPart } | undefined
      for (const channel of recording.channels) {
        const witness = await ask(channel, recording, recording.shaftSpeedRpm, recording.bearing)
        const blind = await ask(channel, recording, undefined, undefined)
        said.beat.push(witness.impactBeat !== null)
        said.speedless.push(blind.impactBeat !== null)
        said.assumed.push(witness.verdict.startsWith('fault'))
        const [first] = witness.hypotheses
        const quality = first.quality ?? 0
        if (best === undefined || quality > best.quality) best = { quality, part: first.part }
      }
      if (recording.part !== undefined && best?.part === recording.part) {
        named[recording.part] = (named[recording.part] ?? 0) + 1
      }
      for (const [counts, flags] of [
        [beat[side], said.beat],
        [speedless[side], said.speedless],
        [assumed[side], said.assumed],
      ] as const) {
        counts.channels += flags.length
        count(counts, flags)
      }
    },
  )
  const parts = `outer ${named['outer-race'] ?? 0}, inner ${named['inner-race'] ?? 0}, ball ${named['rolling-element'] ?? 0} of 20 each`
  return [
    `| ADI healthy, speed given, no bearing: some beat of impacts | ${wordsOf(beat.healthy)} |`,
    `| the same, ADI’s 60 bearing faults (found, not false) | ${wordsOf(beat.fault)} |`,
    `| ADI healthy, neither speed nor bearing: some beat, “may be the shaft’s own” | ${wordsOf(speedless.healthy)} |`,
    `| ADI healthy, speed given, ER-12K assumed: a part indicated | ${wordsOf(assumed.healthy)} |`,
    `| the same, ADI’s faults: a part indicated | ${wordsOf(assumed.fault)}; named first: ${parts} |`,
  ]
}

function empty(): Counts {
  return { recordings: 0, channels: 0, cannotTell: 0, flaggedChannels: 0, flaggedRecordings: 0 }
}

function count(counts: Counts, flags: readonly boolean[]): void {
  counts.recordings += 1
  counts.flaggedChannels += flags.filter(Boolean).length
  if (flags.some(Boolean)) counts.flaggedRecordings += 1
}

function wordsOf({ recordings, channels, flaggedChannels, flaggedRecordings }: Counts): string {
  const share = ((100 * flaggedRecordings) / recordings).toFixed(1)
  return `${flaggedRecordings} of ${recordings} recordings (${share} %), ${flaggedChannels} of ${channels} channels`
}

function oneDigit(value: number | null): string {
  return value === null ? '–' : value.toFixed(1)
}

function percent(value: number | null): string {
  return value === null ? '–' : `${Math.round(100 * value)} %`
}
