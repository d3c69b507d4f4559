import type { AnalysisResult } from '../../shared/analysis'
import type { AnalysisOrigin } from '../../shared/report/block'
import type { AnalyzeRequest } from '../engine-parts'

/** What a report keeps of how a recording was analysed; paths stay with their owner. */
export function originOf({
  read,
  channel,
  models,
  segmentSeconds,
  backend,
  baseline,
  bearing,
}: AnalyzeRequest): AnalysisOrigin {
  const { sampleRateHz, unit, shaftSpeedRpm, variables, text } = read
  return {
    read: { sampleRateHz, unit, shaftSpeedRpm, variables: variables && [...variables], text },
    channel,
    models: [...models],
    segmentSeconds,
    backend,
    hasBaseline: baseline.length > 0,
    bearing,
  }
}

/** How long it took differs each time, and would make the bytes of a report differ. */
export function withoutElapsed(result: AnalysisResult): AnalysisResult {
  return { ...result, elapsedSeconds: 0 }
}
