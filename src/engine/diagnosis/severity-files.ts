import type { RequestContext } from '../../shared/contract/dispatch'
import type { RequestInput } from '../../shared/contract/requests'
import type { SeverityView } from '../../shared/diagnosis/severity'
import { AnalyzerError } from '../../shared/errors'
import { sampleRateOf } from '../analysis/given-rate'
import { computeIndicators } from '../analysis/indicators'
import type { EngineParts } from '../engine-parts'
import { chooseChannels } from '../readers/choose-channels'
import { findSeverityLimits, zoneOf, type SeverityTableStore } from './severity'

/** Below it the standards look from 2 Hz on. */
const slowMachineRpm = 600

/** @throws AnalyzerError bad-request where the unit says nothing about velocity, or the signal is too short */
export async function rateSeverity(
  parts: Pick<EngineParts, 'openRecording'>,
  { file, read, channel: wanted, groupId, foundation }: RequestInput<'severity.get'>,
  context: RequestContext,
  store: SeverityTableStore,
): Promise<SeverityView> {
  const { table, isUserOwn } = await store.get()
  const limits = findSeverityLimits(table, groupId, foundation)
  const recording = await parts.openRecording(context.resolveFile(file), read)
  try {
    const [channel] = chooseChannels(recording, wanted)
    const job = { signal: context.signal, report: () => undefined }
    const { velocityRmsMmS } = await computeIndicators(channel, sampleRateOf(channel, recording.name), job)
    if (velocityRmsMmS === null) {
      throw new AnalyzerError(
        'bad-request',
        `Channel "${channel.name}" of "${recording.name}" is in ${channel.unit ?? 'an unknown unit'}, or too short: severity needs at least 0.4 s of an acceleration or velocity (g, m/s2, mm/s); give --unit where the file does not say it.`,
        { channel: channel.name, unit: channel.unit },
      )
    }
    const speed = recording.metadata.shaftSpeedRpm?.value
    return {
      channel: channel.name,
      velocityRmsMmS,
      zone: zoneOf(velocityRmsMmS, limits),
      groupId,
      foundation,
      limits,
      bandHz: table.bandHz,
      source: table.source,
      isUserOwn,
      isSlowMachine: speed !== undefined && speed < slowMachineRpm,
    }
  } finally {
    await recording.close()
  }
}
