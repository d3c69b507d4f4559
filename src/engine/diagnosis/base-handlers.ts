import { join } from 'node:path'
import type { Handlers } from '../../shared/contract/dispatch'
import type { diagnosisBaseRequests } from '../../shared/contract/diagnosis-base-requests'
import type { BearingEntry } from '../../shared/diagnosis/bearing'
import type { BearingList, MachineLine } from '../../shared/diagnosis/views'
import type { Session } from '../session'
import { findBearing, listShippedBearings } from './bearing-catalogue'
import { describeBearingLines } from './bearing-lines-view'
import { computeBeltLines, computeBladePassHz, computeGearLines } from './machine-lines'
import { SeverityTableStore } from './severity'
import { createSignalHandlers } from './signal-handlers'
import { openUserBearings } from './user-bearings'

type BaseHandlers = Pick<Handlers, keyof typeof diagnosisBaseRequests>

export function createDiagnosisBaseHandlers(session: Session): BaseHandlers {
  const { parts } = session
  const userBearings = openUserBearings(parts.userFolders.config)
  const severityTable = new SeverityTableStore(join(parts.userFolders.config, 'severity.json'))
  return {
    'bearing.list': async () => listOf(await userBearings.list()),
    'bearing.add': async (form) => listOf(await userBearings.add(form)),
    'bearing.import': async ({ csv }) => listOf(await userBearings.importCsv(csv)),
    'bearing.remove': async ({ id }) => listOf(await userBearings.remove(id)),
    'bearing.lines': async ({ bearing, ...rest }) =>
      describeBearingLines(findBearing(bearing, await userBearings.list()), rest),
    'machine.lines': async (input) => machineLinesOf(input),
    'severity.table': () => severityTable.get(),
    'severity.setTable': ({ table }) => severityTable.set(table),
    ...createSignalHandlers(session, severityTable),
  }
}

function listOf(own: readonly BearingEntry[]): BearingList {
  return {
    bearings: [
      ...own.map((bearing) => ({ ...bearing, isUserOwn: true })),
      ...listShippedBearings().map((bearing) => ({ ...bearing, isUserOwn: false })),
    ],
  }
}

function machineLinesOf(input: Parameters<BaseHandlers['machine.lines']>[0]): readonly MachineLine[] {
  if (input.kind === 'blades') {
    return [{ code: 'blade-pass', hz: computeBladePassHz(input.bladeCount, input.shaftSpeedRpm) }]
  }
  if (input.kind === 'belt') {
    const { beltHz, shaftHz, otherShaftHz } = computeBeltLines(input)
    return [
      { code: 'belt', hz: beltHz },
      { code: 'shaft', hz: shaftHz },
      { code: 'other-shaft', hz: otherShaftHz },
    ]
  }
  const { meshHz, shaftHz, otherShaftHz, huntingToothHz } = computeGearLines(input)
  return [
    { code: 'mesh', hz: meshHz },
    { code: 'shaft', hz: shaftHz },
    { code: 'other-shaft', hz: otherShaftHz },
    { code: 'hunting-tooth', hz: huntingToothHz },
  ]
}
