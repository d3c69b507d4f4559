import type { LoadedModel } from '../../src/engine/analysis/model-shelf'
import { findBeat, type BeatFindings } from '../../src/engine/diagnosis/beat'
import { decisiveLogit, permutationCount } from '../../src/engine/diagnosis/diagnose'
import { slipShare } from '../../src/engine/diagnosis/kinematics'
import type { ConditionedSignal } from '../../src/engine/dsp/conditioned-signal'
import { createRandom } from '../../src/shared/random'
import { randomNetwork, type Randomised } from './random-weights'
import { conditioned, eachRecording, evidenceByNetwork, evidenceOf, isHealthy, type BenchRecording } from './recordings'

export function askBeat(
  evidence: Float32Array,
  { shaftSpeedRpm, lines }: Pick<BenchRecording, 'shaftSpeedRpm' | 'lines'>,
  { card }: LoadedModel,
): BeatFindings {
  return findBeat(
    {
      evidence,
      stepRateHz: card.sampleRateHz / card.totalStrideSamples,
      shaftHz: shaftSpeedRpm / 60,
      lines,
      slipShare,
      decisiveLogit: decisiveLogit(card),
      permutationCount,
    },
    Math.ceil(card.receptiveFieldSamples / card.totalStrideSamples),
  )
}

interface SeenFile {
  readonly recording: BenchRecording
  readonly signal: ConditionedSignal
}

/** The trained network on CWRU, and networks with random weights on the same files. */
export async function cwruBeats(model: LoadedModel, drawCount: number): Promise<string[]> {
  const files: SeenFile[] = []
  const rows: string[] = []
  let right = 0
  let asked = 0
  let falseOnHealthy = 0
  await eachRecording(
    'cwru',
    () => true,
    async (recording) => {
      const { entry, channels, sampleRateHz, part } = recording
      const signal = await conditioned(channels[0], sampleRateHz, model)
      files.push({ recording, signal })
      const found = askBeat(await evidenceOf(signal, model), recording, model)
      const isRace = part === 'outer-race' || part === 'inner-race'
      if (isRace) asked += 1
      if (isRace && found.part === part) right += 1
      if (part === undefined && found.verdict === 'matches') falseOnHealthy += 1
      const rate = found.frequencyHz === undefined ? '–' : `${found.frequencyHz.toFixed(1)} Hz`
      const strength = found.strengthLogit === undefined ? '–' : found.strengthLogit.toFixed(2)
      rows.push(
        `| ${entry.bearing} | ${part ?? 'none'} | ${found.verdict} | ${found.part ?? '–'} | ${rate} | ${strength} |`,
      )
    },
  )
  return [
    '| CWRU drive end | true | beat | matched to | best rate | strength, logit |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
    `Matched to the right race: **${right} of ${asked}** inner and outer faults (aim 80 %); on the healthy recording: ${falseOnHealthy} of 1.`,
    '',
    '| weights | matches a line of the bearing |',
    '| --- | --- |',
    ...(await randomRows(files, model, drawCount)),
  ]
}

async function randomRows(files: readonly SeenFile[], model: LoadedModel, drawCount: number): Promise<string[]> {
  const kinds: readonly (readonly [Randomised, string])[] = [
    ['head', 'head drawn anew (Glorot)'],
    ['everything', 'whole network drawn anew (Glorot)'],
    ['signs of the head', 'trained sizes, random signs (harder than asked)'],
  ]
  const rows: string[] = []
  for (const [what, words] of kinds) {
    const random = createRandom(`diagnosis ${what}`)
    let hits = 0
    for (let draw = 0; draw < drawCount; draw++) {
      const network = await randomNetwork(model.card, what, random)
      for (const { recording, signal } of files) {
        const found = askBeat(await evidenceByNetwork(signal, network), recording, model)
        if (found.verdict === 'matches') hits += 1
      }
      network.dispose()
    }
    const total = drawCount * files.length
    rows.push(
      `| ${words}: ${drawCount} networks × ${files.length} CWRU files | ${hits} of ${total} (${percent(hits, total)}) |`,
    )
  }
  return rows
}

/** Healthy recordings of the other machines. */
export async function healthyBeats(model: LoadedModel, machine: string, words: string): Promise<string> {
  let channels = 0
  let matches = 0
  let shaft = 0
  let cannotTell = 0
  await eachRecording(machine, isHealthy, async (recording) => {
    for (const channel of recording.channels) {
      const signal = await conditioned(channel, recording.sampleRateHz, model)
      const { verdict } = askBeat(await evidenceOf(signal, model), recording, model)
      channels += 1
      if (verdict === 'matches') matches += 1
      if (verdict === 'matches-shaft') shaft += 1
      if (verdict === 'cannot-tell') cannotTell += 1
    }
  })
  return `| ${words} | ${matches} of ${channels} channels (${percent(matches, channels)}); the shaft’s own: ${shaft}; can’t tell: ${cannotTell} |`
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`
}
