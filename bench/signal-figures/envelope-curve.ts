import { chooseBandByKurtogram, prepareForEnvelope } from '../../src/engine/diagnosis/envelope-steps'
import { slipShare } from '../../src/engine/diagnosis/kinematics'
import { findPeaks } from '../../src/engine/diagnosis/line-peaks'
import { squaredEnvelopeSpectrum } from '../../src/engine/dsp/squared-envelope'
import { drawFault, drawMachine } from '../../src/engine/training/synthetic/draw-machine'
import { makeRecording } from '../../src/engine/training/synthetic/machine'
import type { EnvelopePreparation } from '../../src/shared/diagnosis/views'
import { createRandom } from '../../src/shared/random'

const sampleRateHz = 12_000
const sampleCount = 4 * sampleRateHz
const machineCount = 24
/** Power of the fault over that of all the rest, dB; undefined = the same machines without the fault: hits by chance. */
const levels = [undefined, -24, -21, -18, -15, -12, -9, -6, -3, 0] as const
const leastBandwidthHz = 500
const countedPeaks = 3
const countedHarmonics = 3

type BandChoice = 'whole' | 'kurtogram' | 'made'

const ways: readonly {
  readonly words: string
  readonly band: BandChoice
  readonly preparation: EnvelopePreparation
}[] = [
  { words: 'whole band', band: 'whole', preparation: 'none' },
  { words: 'whole band, whitened', band: 'whole', preparation: 'cepstrum-whitening' },
  { words: 'kurtogram', band: 'kurtogram', preparation: 'none' },
  { words: 'kurtogram, whitened', band: 'kurtogram', preparation: 'cepstrum-whitening' },
  { words: 'kurtogram, tones removed', band: 'kurtogram', preparation: 'discrete-random' },
  { words: "the fault's own band (known)", band: 'made', preparation: 'none' },
]

/** Share of made machines whose outer-race line is among the three highest of the envelope, by SNR and way. */
export function envelopeCurve(): readonly string[] {
  const head = ['SNR, dB', ...ways.map(({ words }) => words)]
  const rows = levels.map((snrDb) => {
    const hits = ways.map(() => 0)
    for (let i = 0; i < machineCount; i++) {
      const made = makeMachine(i, snrDb)
      ways.forEach((way, k) => (hits[k] += isFound(made, way) ? 1 : 0))
    }
    return [snrDb ?? 'no fault', ...hits.map((count) => (count / machineCount).toFixed(2))]
  })
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`)
}

function makeMachine(index: number, snrDb: number | undefined) {
  const random = createRandom(`envelope curve ${index}`)
  const drawn = drawMachine({ sampleRateHz, sampleCount, isFaulty: false }, random)
  const fault = { ...drawFault(sampleRateHz, random.fork('outer')), kind: 'outer' as const, slip: 0.01 }
  const strongest = fault.resonances.reduce((best, next) => (next.gain > best.gain ? next : best))
  const halfWidthHz = Math.max(leastBandwidthHz / 2, 2 * strongest.dampingRatio * strongest.frequencyHz)
  const spec = {
    ...drawn,
    speedRatio: 1,
    fault: snrDb === undefined ? undefined : { ...fault, snrDb },
  }
  const { samples, truth } = makeRecording(spec, random)
  const bandHz = [
    Math.max(0, strongest.frequencyHz - halfWidthHz),
    Math.min(sampleRateHz / 2, strongest.frequencyHz + halfWidthHz),
  ] as const
  return { samples, bandHz, lineHz: truth.lines.bpfo, shaftHz: truth.shaftHz }
}

function isFound(
  { samples, bandHz, lineHz, shaftHz }: ReturnType<typeof makeMachine>,
  { band, preparation }: (typeof ways)[number],
): boolean {
  const prepared = prepareForEnvelope(samples, sampleRateHz, preparation)
  const chosen =
    band === 'whole'
      ? ([0, sampleRateHz / 2] as const)
      : band === 'made'
        ? bandHz
        : chooseBandByKurtogram(prepared, sampleRateHz, leastBandwidthHz).bandHz
  const { power, binHz } = squaredEnvelopeSpectrum(prepared, sampleRateHz, chosen, { frameSeconds: undefined })
  const peaks = findPeaks(power, binHz, { lowHz: 5, highHz: 3.5 * lineHz, mostPeaks: 40, leastHeightDb: 6 })
  const isShaft = (hz: number): boolean => Math.abs(hz / shaftHz - Math.round(hz / shaftHz)) < 0.02
  const isLine = (hz: number): boolean =>
    Array.from({ length: countedHarmonics }, (_, h) => (h + 1) * lineHz).some(
      (line) => Math.abs(hz / line - 1) <= slipShare,
    )
  return peaks
    .filter(({ frequencyHz }) => !isShaft(frequencyHz))
    .slice(0, countedPeaks)
    .some(({ frequencyHz }) => isLine(frequencyHz))
}
