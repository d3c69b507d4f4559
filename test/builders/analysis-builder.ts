import type { AnalysisResult } from '../../src/shared/analysis'

type Segment = AnalysisResult['segments'][number]

export interface ResultSketch {
  readonly verdict: AnalysisResult['verdict']
  readonly probabilities: readonly (number | null)[]
  readonly durationSeconds: number
  readonly segmentSeconds: number
  readonly overrides?: Partial<AnalysisResult>
}

/** A complete result with made-up numbers: segments evenly over the recording, one event where the fault is. */
export function buildResult(sketch: ResultSketch): AnalysisResult {
  const { probabilities, durationSeconds, segmentSeconds } = sketch
  const stride = probabilities.length < 2 ? 0 : (durationSeconds - segmentSeconds) / (probabilities.length - 1)
  const segments = probabilities.map((probability, index): Segment => {
    const startSeconds = index * stride
    const logit = probability === null ? null : Math.log(probability / (1 - probability))
    return { startSeconds, endSeconds: startSeconds + segmentSeconds, logit, probability }
  })
  const known = probabilities.filter((probability) => probability !== null)
  const mean = known.reduce((sum, probability) => sum + probability, 0) / Math.max(1, known.length)
  const faultyCount = known.filter((probability) => probability >= 0.8).length
  const isJudged = sketch.verdict !== 'not-applicable'
  return {
    schema: 'vibralens.analysis/1',
    file: {
      name: 'pump-3 drive end 2026-03-14.wav',
      sha256: '0123456789abcdef'.repeat(4),
      format: 'wav',
      bytes: 480_044,
    },
    channel: {
      name: 'X097_DE_time',
      unit: 'm/s2',
      sampleRateHz: 48_000,
      sampleCount: Math.round(48_000 * durationSeconds),
      durationSeconds,
    },
    model: { id: 'bearing-1d', kind: '1d', sha256: 'fedcba9876543210'.repeat(4) },
    settings: {
      programVersion: '0.1.0',
      modelVersion: '1.0.0',
      segmentSeconds,
      segmentStrideSeconds: stride === 0 ? segmentSeconds : stride,
      thresholds: { healthy: 0.3, fault: 0.8, sustainedEventSeconds: 5 },
      temperature: 1.3,
      colourScaleLogit: 4,
      conditioning: { slowRmsSeconds: 1, whitening: null, inputs: ['waveform'] },
      spectrogram: null,
      given: {},
      shaftSpeedRpm: 1796,
      baseline: null,
    },
    backend: 'wasm',
    verdict: sketch.verdict,
    label: sketch.verdict === 'fault' ? 1 : sketch.verdict === 'healthy' ? -1 : null,
    score: { healthy: -1.4, fault: 1.8, logit: 3.2 },
    probability: isJudged ? mean : null,
    reasons: isJudged ? [`Segments at or above the fault threshold: ${faultyCount} of ${segments.length}.`] : [],
    segments,
    events: sketch.verdict === 'fault' ? [eventOf(segments)] : [],
    indicators: { rms: 1.274, peak: 14.31, crestFactor: 11.2, kurtosis: 7.63, skewness: 0.02, velocityRmsMmS: 2.31 },
    diagnosis: null,
    quality: [],
    elapsedSeconds: 0.41,
    ...sketch.overrides,
  }
}

function eventOf(segments: readonly Segment[]): AnalysisResult['events'][number] {
  const from = Math.floor(segments.length * 0.4)
  const to = Math.floor(segments.length * 0.7)
  return {
    startSeconds: segments[from].startSeconds,
    endSeconds: segments[to].endSeconds,
    peakProbability: 0.97,
    evidence: 3.4,
  }
}
