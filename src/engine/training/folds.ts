import { AnalyzerError } from '../../shared/errors'

/** What a split looks at: nothing else decides on which side a recording falls. */
export interface Grouped {
  readonly machine: string
  readonly bearing: string
  readonly label: 1 | -1
}

export interface Fold<T extends Grouped> {
  /** 'machine adi-limerick' or 'bearing femto Bearing1_1' */
  readonly name: string
  readonly machine: string
  readonly bearings: readonly string[]
  readonly train: readonly T[]
  readonly test: readonly T[]
  readonly notes: readonly string[]
}

/** A bearing is a machine's: two machines may both have a 'normal'. */
export function groupOf(item: Grouped): string {
  return `${item.machine}/${item.bearing}`
}

/** One fold a machine: trained on all the others. */
export function leaveOneMachineOut<T extends Grouped>(items: readonly T[]): Fold<T>[] {
  const machines = distinct(items.map((item) => item.machine))
  if (machines.length < 2) {
    throw new AnalyzerError(
      'bad-request',
      `Leaving one machine out needs two machines at least; the manifest has ${machines.length}.`,
    )
  }
  return machines.map((machine) => splitBy(items, `machine ${machine}`, machine, (item) => item.machine === machine))
}

/** One fold a bearing of `machine`: trained on its other bearings and on all other machines. */
export function leaveOneBearingOut<T extends Grouped>(items: readonly T[], machine: string): Fold<T>[] {
  const bearings = distinct(items.filter((item) => item.machine === machine).map((item) => item.bearing))
  if (bearings.length < 2) {
    throw new AnalyzerError(
      'bad-request',
      `Leaving one bearing out needs two bearings at least; machine "${machine}" has ${bearings.length}.`,
    )
  }
  return bearings.map((bearing) =>
    splitBy(
      items,
      `bearing ${machine} ${bearing}`,
      machine,
      (item) => item.machine === machine && item.bearing === bearing,
    ),
  )
}

/**
 * Machines of which whole bearings carry both labels, so that leaving bearings out tells something: where every bearing
 * has one label only (a seeded-fault rig), a fold would hold one label.
 */
export function machinesWithLifeTests(items: readonly Grouped[]): string[] {
  return distinct(items.map((item) => item.machine)).filter((machine) => {
    const own = items.filter((item) => item.machine === machine)
    const both = distinct(own.map((item) => item.bearing)).filter(
      (bearing) => new Set(own.filter((item) => item.bearing === bearing).map((item) => item.label)).size === 2,
    )
    return both.length >= 2
  })
}

/** @throws AnalyzerError bad-request when a bearing lies on both sides */
export function refuseSharedGroups(train: readonly Grouped[], test: readonly Grouped[], name: string): void {
  const trained = new Set(train.map(groupOf))
  const shared = test.map(groupOf).find((group) => trained.has(group))
  if (shared !== undefined) {
    throw new AnalyzerError(
      'bad-request',
      `Bearing "${shared}" is on both sides of the split "${name}"; a bearing may be trained on or tested on, not both.`,
      { bearing: shared },
    )
  }
}

function splitBy<T extends Grouped>(
  items: readonly T[],
  name: string,
  machine: string,
  isTest: (item: T) => boolean,
): Fold<T> {
  const test = items.filter(isTest)
  const train = items.filter((item) => !isTest(item))
  refuseSharedGroups(train, test, name)
  return { name, machine, bearings: distinct(test.map((item) => item.bearing)), train, test, notes: [] }
}

export function distinct(values: readonly string[]): string[] {
  return [...new Set(values)]
}
