import type { RequestContext } from '../../shared/contract/dispatch'
import type { RequestInput } from '../../shared/contract/requests'
import type { SeverityView } from '../../shared/diagnosis/severity'
import { AnalyzerError } from '../../shared/errors'
import { sampleRateOf } from '../analysis/given-rate'
import { computeVelocityRms } from '../analysis/indicators'
import type { Session } from '../session'
import { withChannel } from './read-signal'
import { findSeverityLimits, zoneOf, type SeverityTableStore } from './severity'

/** Below it the standards look from 2 Hz on. */
const slowMachineRpm = 600

/** @throws AnalyzerError bad-request where the unit says nothing about velocity, or the signal is too short */
export async function rateSeverity(
  session: Pick<Session, 'parts' | 'study'>,
  { groupId, foundation, ...source }: RequestInput<'severity.get'>,
  context: RequestContext,
  store: SeverityTableStore,
): Promise<SeverityView> {
  const { table, isUserOwn } = await store.get()
  const limits = findSeverityLimits(table, groupId, foundation)
  return withChannel(session, source, context, async (channel, { name, metadata }) => {
    const [lowHz, highHz] = table.bandHz
    const band = { lowHz, highHz }
    const velocityRmsMmS = await computeVelocityRms(channel, sampleRateOf(channel, name), band, context.signal)
    if (velocityRmsMmS === null) {
      throw new AnalyzerError(
        'bad-request',
        `Channel "${channel.name}" of "${name}" is in ${channel.unit ?? 'an unknown unit'}, or too short: severity needs four periods of ${lowHz} Hz of an acceleration or velocity (g, m/s2, mm/s); give --unit where the file does not say it.`,
        { channel: channel.name, unit: channel.unit },
      )
    }
    const speed = metadata.shaftSpeedRpm?.value
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
  })
}
