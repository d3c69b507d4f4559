import type { BearingLines } from '../../shared/diagnosis/bearing'
import type { JobContext } from '../jobs/job-context'
import type { Channel } from '../readers/recording'
import { slipShare } from './kinematics'
import { checkShaftSpeed } from './speed-checks'
import { askWitness, type WitnessFindings } from './witness'
import { envelopeSpectra, kurtogramBand, planBands, readStretches, type HertzBand } from './witness-spectra'
import type { LineSpectrum } from './witness-lines'

export interface ChannelQuestion {
  readonly channel: Channel
  readonly sampleRateHz: number
  readonly shaftSpeedRpm: number | undefined
  readonly lines: BearingLines | undefined
  /** By hand; undefined = octaves, the whole, and the kurtogram's best. */
  readonly bandHz: HertzBand | undefined
}

/** Why the witness cannot be asked about any part. */
export type WitnessObstacle =
  | { readonly kind: 'band-too-low'; readonly rateHz: number }
  | { readonly kind: 'no-signal' }
  | { readonly kind: 'speed-missing' }
  | { readonly kind: 'bearing-missing' }
  | { readonly kind: 'too-few-turns'; readonly turns: number }

export interface AskedChannel {
  readonly findings: WitnessFindings
  readonly spectra: readonly LineSpectrum[]
  readonly obstacle: WitnessObstacle | undefined
  readonly stretchCount: number
  readonly stretchSeconds: number | undefined
}

const leastTurns = 3
/** Fourth harmonics of 12 orders, and of the fastest beat looked for without a speed. */
const highestOrders = 48
const leastHighestHz = 1700

/**
 * Asks the second witness about a channel, in as many words as its speed and bearing allow.
 * @throws AnalyzerError bad-request for a speed that no shaft has, or a band that the rate does not hold
 */
export async function askChannel(question: ChannelQuestion, job: JobContext): Promise<AskedChannel> {
  const { channel, sampleRateHz, shaftSpeedRpm, lines, bandHz } = question
  if (shaftSpeedRpm !== undefined) checkShaftSpeed(shaftSpeedRpm)
  const stretches = await readStretches(channel, sampleRateHz, job)
  const bands = bandHz === undefined ? planBands(sampleRateHz) : [bandHz]
  if (bands.length === 0) return unasked({ kind: 'band-too-low', rateHz: sampleRateHz })
  if (stretches.length === 0) return unasked({ kind: 'no-signal' })
  const best = bandHz === undefined ? kurtogramBand(stretches[0], sampleRateHz) : undefined
  const shaftHz = shaftSpeedRpm === undefined ? undefined : shaftSpeedRpm / 60
  const highestHz = Math.max(leastHighestHz, highestOrders * (shaftHz ?? 0))
  job.signal.throwIfAborted()
  const spectra = envelopeSpectra(stretches, sampleRateHz, best === undefined ? bands : [...bands, best], {
    shaftHz,
    highestHz,
  })
  const seconds = stretches[0].length / sampleRateHz
  const turns = seconds * (shaftHz ?? Number.POSITIVE_INFINITY)
  const isLong = turns >= leastTurns
  const findings = askWitness({ spectra, saidShaftHz: shaftHz, lines: isLong ? lines : undefined, slipShare })
  const asked = { findings, spectra, stretchCount: stretches.length, stretchSeconds: seconds }
  if (!isLong) return { ...asked, obstacle: { kind: 'too-few-turns', turns } }
  if (shaftHz === undefined) return { ...asked, obstacle: { kind: 'speed-missing' } }
  return { ...asked, obstacle: lines === undefined ? { kind: 'bearing-missing' } : undefined }
}

function unasked(obstacle: WitnessObstacle): AskedChannel {
  const findings = { shaftHz: undefined, hypotheses: [], impactBeat: undefined }
  return { findings, spectra: [], obstacle, stretchCount: 0, stretchSeconds: undefined }
}
