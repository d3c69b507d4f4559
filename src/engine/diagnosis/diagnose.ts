import type { Verdict } from '../../shared/analysis'
import type { BearingEntry, BearingLines } from '../../shared/diagnosis/bearing'
import type { BearingSummary, Diagnosis, EvidenceBeat, Witness } from '../../shared/diagnosis/diagnosis'
import { formatSignificant } from '../../shared/number-words'
import type { Translate } from '../../shared/locales/translate'
import type { ModelCard } from '../../shared/model-card'
import type { EvidenceTrack } from '../inference/one-pass'
import type { JobContext } from '../jobs/job-context'
import type { Channel } from '../readers/recording'
import { findBeat, type BeatFindings } from './beat'
import { computeBearingLines, slipShare } from './kinematics'
import { beatWordOf, namedPart, witnessWordOf, wordingOf } from './verdict-wording'
import { askChannel, type AskedChannel } from './witness-channel'
import type { HertzBand } from './witness-spectra'
import { describeWitness, offWords } from './witness-words'

export interface DiagnosisSettings {
  readonly shaftSpeedRpm: number | undefined
  readonly bearing: BearingEntry | undefined
  /** By hand; undefined = chosen. */
  readonly bandHz: HertzBand | undefined
}

/** What the second witness says of a channel; the same for every network. */
export interface EnvelopeStatement {
  readonly settings: DiagnosisSettings
  readonly lines: BearingLines | undefined
  readonly asked: AskedChannel
  readonly witness: Witness
}

/** @throws AnalyzerError bad-request for a speed that no shaft has, or a bearing that cannot be built */
export async function hearEnvelope(
  channel: Channel,
  sampleRateHz: number,
  settings: DiagnosisSettings,
  translate: Translate,
  job: JobContext,
): Promise<EnvelopeStatement> {
  const { shaftSpeedRpm, bearing, bandHz } = settings
  const lines = bearing === undefined ? undefined : computeBearingLines(bearing.geometry)
  const asked = await askChannel({ channel, sampleRateHz, shaftSpeedRpm, lines, bandHz }, job)
  return { settings, lines, asked, witness: describeWitness(asked, lines?.isEstimate ?? false, translate) }
}

/** Evidence of one network and its verdict; undefined = it has none to compare. */
export interface NetworkStatement {
  readonly verdict: Verdict
  readonly card: ModelCard
  readonly track: EvidenceTrack
}

/** Random orders of the evidence that none may beat as well: p 0.01. */
export const permutationCount = 99

/** Lays both witnesses beside the verdict of the network. */
export function diagnose(
  envelope: EnvelopeStatement,
  network: NetworkStatement | undefined,
  translate: Translate,
): Diagnosis {
  const { settings, lines, witness } = envelope
  const evidenceBeat = network === undefined ? null : beatOf(envelope, network, translate)
  const named = namedPart(witness.verdict)
  const part = evidenceBeat?.part ?? undefined
  const { agreement, key } = wordingOf(
    network?.verdict ?? 'not-applicable',
    witnessWordOf(witness.verdict),
    beatWordOf(evidenceBeat?.verdict, part, named),
  )
  const sentence = translate(key, {
    part: named === undefined ? '' : translate(`part.${named}`),
    other: part === undefined ? '' : translate(`part.${part}`),
  })
  return {
    bearing: settings.bearing === undefined || lines === undefined ? null : bearingSummary(settings.bearing, lines),
    shaftSpeedRpm: settings.shaftSpeedRpm ?? null,
    slipPercent: 100 * slipShare,
    witness,
    evidenceBeat,
    agreement,
    sentence: network === undefined ? witness.sentence : sentence,
  }
}

function bearingSummary({ id, designation, maker, source }: BearingEntry, lines: BearingLines): BearingSummary {
  const { bpfo, bpfi, bsf, ftf, isEstimate } = lines
  return {
    id,
    designation,
    maker,
    source,
    bpfoOrders: bpfo,
    bpfiOrders: bpfi,
    bsfOrders: Number.isFinite(bsf) ? bsf : null,
    ftfOrders: ftf,
    isEstimate,
  }
}

/** From the healthy to the fault threshold, in logits. */
export function decisiveLogit({ calibration, thresholds }: ModelCard): number {
  const logitOf = (probability: number): number => Math.log(probability / (1 - probability))
  return calibration.temperature * (logitOf(thresholds.fault) - logitOf(thresholds.healthy))
}

function beatOf(envelope: EnvelopeStatement, network: NetworkStatement, t: Translate): EvidenceBeat | null {
  const { card, track } = network
  if (card.kind !== '1d') return null
  const { shaftSpeedRpm } = envelope.settings
  const shaftHz = shaftSpeedRpm === undefined ? undefined : shaftSpeedRpm / 60
  const decisive = decisiveLogit(card)
  const findings = findBeat(
    {
      evidence: track.evidence,
      stepRateHz: card.sampleRateHz / track.stepSamples,
      shaftHz,
      lines: envelope.lines,
      slipShare,
      decisiveLogit: decisive,
      permutationCount,
    },
    Math.ceil(track.receptiveFieldSamples / track.stepSamples),
  )
  return describeBeat(findings, shaftHz, decisive, t)
}

function describeBeat(
  findings: BeatFindings,
  shaftHz: number | undefined,
  decisive: number,
  t: Translate,
): EvidenceBeat {
  const { verdict, frequencyHz, expectedHz, part } = findings
  const orders = frequencyHz === undefined || shaftHz === undefined ? null : frequencyHz / shaftHz
  const isFar = frequencyHz === undefined || expectedHz === undefined
  return {
    verdict,
    sentence: t(`beat.${verdict}`, {
      rate: frequencyHz === undefined ? '' : frequencyHz.toFixed(1),
      orders: orders === null ? '' : verdict === 'matches-shaft' ? Math.round(orders) : formatSignificant(orders),
      part: part === undefined ? '' : t(`part.${part}`),
      off: isFar ? '' : offWords(frequencyHz, expectedHz),
    }),
    frequencyHz: frequencyHz ?? null,
    orders,
    strengthLogit: findings.strengthLogit ?? null,
    decisiveLogit: decisive,
    autocorrelation: findings.autocorrelation ?? null,
    pValue: findings.pValue ?? null,
    part: part ?? null,
    offPercent: isFar ? null : 100 * (frequencyHz / expectedHz - 1),
  }
}
