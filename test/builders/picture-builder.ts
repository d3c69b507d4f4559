import type { AnalysisResult } from '../../src/shared/analysis'
import type { EvidenceMatrix, PictureModel, SpectrogramMatrix } from '../../src/engine/reports/picture-model'
import { createRandom } from '../../src/shared/random'

export interface PictureSketch {
  readonly result: AnalysisResult
  readonly hasMap: boolean
  /** mean evidence where impacts are and where not, logit */
  readonly impactEvidence: number
  readonly restEvidence: number
  /** share of the recording, from its middle, where nothing was measured */
  readonly gapShare?: number
  readonly machine?: string
}

const columnCount = 1000

/** Made-up columns: noise with an impact every 25 columns, resonances at 2.5 and 4 kHz, evidence where the impacts are. */
export function buildPicture(sketch: PictureSketch): PictureModel {
  const { result } = sketch
  const random = createRandom(7)
  const endSeconds = result.channel.durationSeconds
  const gapColumns = Math.round((sketch.gapShare ?? 0) * columnCount)
  const isGap = (column: number): boolean => column >= 500 && column < 500 + gapColumns
  const isImpact = (column: number): boolean => column % 25 < 4
  const min = new Float32Array(columnCount)
  const max = new Float32Array(columnCount)
  const evidence = new Float32Array(columnCount)
  for (let i = 0; i < columnCount; i++) {
    const size = isImpact(i) ? 9 + 3 * random.uniform() : 2 + random.uniform()
    min[i] = isGap(i) ? Number.NaN : -size
    max[i] = isGap(i) ? Number.NaN : size * 0.95
    const level = isImpact(i) ? sketch.impactEvidence : sketch.restEvidence
    evidence[i] = isGap(i) || i < 8 || i >= columnCount - 8 ? Number.NaN : level + 0.6 * random.normal()
  }
  const span = { startSeconds: 0, endSeconds }
  return {
    result,
    besides: sketch.hasMap
      ? [{ ...result, model: { id: 'bearing-2d', kind: '2d', sha256: 'abcdef0123456789'.repeat(4) } }]
      : [],
    machine: sketch.machine,
    waveform: { ...span, min, max },
    ribbon: { ...span, kind: '1d', values: evidence, colourScaleLogit: result.settings.colourScaleLogit },
    spectrogram: buildSpectrogram(isImpact, isGap, endSeconds, result.channel),
    map: sketch.hasMap ? buildMap(sketch, isImpact, isGap, endSeconds) : undefined,
  }
}

function buildSpectrogram(
  isImpact: (column: number) => boolean,
  isGap: (column: number) => boolean,
  endSeconds: number,
  channel: AnalysisResult['channel'],
): SpectrogramMatrix {
  const random = createRandom(8)
  const rowCount = 200
  const highHz = Math.min(12_000, channel.sampleRateHz / 2)
  const values = new Float32Array(rowCount * columnCount)
  for (let row = 0; row < rowCount; row++) {
    const hz = (row / rowCount) * highHz
    for (let column = 0; column < columnCount; column++) {
      const resonance = Math.exp(-(((hz - 2500) / 500) ** 2)) + 0.7 * Math.exp(-(((hz - 4000) / 700) ** 2))
      const level = -70 + 4 * random.normal() + (isImpact(column) ? 34 : 14) * resonance + 20 * Math.exp(-hz / 300)
      values[row * columnCount + column] = isGap(column) ? Number.NaN : level
    }
  }
  const levelUnit = channel.unit === null ? undefined : 'dB re 1 (m/s²)²/Hz'
  return { startSeconds: 0, endSeconds, lowHz: 0, highHz, rowCount, columnCount, values, levelUnit }
}

function buildMap(
  sketch: PictureSketch,
  isImpact: (column: number) => boolean,
  isGap: (column: number) => boolean,
  endSeconds: number,
): EvidenceMatrix {
  const rowCount = 24
  const values = new Float32Array(rowCount * columnCount)
  for (let row = 0; row < rowCount; row++) {
    const hz = ((row + 0.5) / rowCount) * 6000
    const weight = Math.exp(-(((hz - 2500) / 900) ** 2))
    for (let column = 0; column < columnCount; column++) {
      const level = isImpact(column) ? sketch.impactEvidence * 2 * weight : sketch.restEvidence
      values[row * columnCount + column] = isGap(column) || column < 8 ? Number.NaN : level
    }
  }
  return {
    kind: '2d',
    startSeconds: 0,
    endSeconds,
    lowHz: 0,
    highHz: 6000,
    rowCount,
    columnCount,
    values,
    colourScaleLogit: 6,
  }
}
