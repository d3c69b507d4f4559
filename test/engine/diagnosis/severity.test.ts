import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { alarmStateOf, computeAlarmLimits } from '../../../src/engine/diagnosis/alarm-limits'
import {
  findSeverityLimits,
  readShippedSeverityTable,
  SeverityTableStore,
  zoneOf,
} from '../../../src/engine/diagnosis/severity'
import { severityTableSchema } from '../../../src/shared/diagnosis/severity'
import { temporaryFolder } from '../../helpers/temporary-folder'

describe('severity zones', () => {
  const table = readShippedSeverityTable()

  it.each([
    ['large', 'rigid', [2.3, 4.5, 7.1]],
    ['large', 'flexible', [3.5, 7.1, 11]],
    ['medium', 'rigid', [1.4, 2.8, 4.5]],
    ['medium', 'flexible', [2.3, 4.5, 7.1]],
  ] as const)('of %s machines on a %s foundation end at %j mm/s', (group, foundation, limits) => {
    expect(Object.values(findSeverityLimits(table, group, foundation))).toEqual(limits)
  })

  it('a limit itself belongs to the better zone', () => {
    const limits = { a: 1.4, b: 2.8, c: 4.5 }
    expect([0, 1.4, 1.41, 2.8, 2.81, 4.5, 4.51].map((value) => zoneOf(value, limits)).join('')).toBe('AABBCCD')
  })

  it('the table says in both languages where its limits come from', () => {
    for (const text of Object.values(table.source)) expect(text).toContain('20816-3')
  })

  it('a group that is not there is named with those that are', () => {
    expect(() => findSeverityLimits(table, 'small', 'rigid')).toThrow('no machine group "small"; it has large, medium')
  })

  it("the user's own table takes its place, until it is taken back", async () => {
    const store = new SeverityTableStore(join(temporaryFolder(), 'severity.json'))
    expect(await store.get()).toEqual({ table, isUserOwn: false })
    const own = { ...table, groups: [{ ...table.groups[0], id: 'pumps' }] }
    expect(await store.set(own)).toEqual({ table: own, isUserOwn: true })
    expect(await store.get()).toEqual({ table: own, isUserOwn: true })
    expect((await store.set(undefined)).isUserOwn).toBe(false)
  })

  it('a damaged own table is an error, never the shipped limits in silence', async () => {
    const path = join(temporaryFolder(), 'severity.json')
    writeFileSync(path, '{}')
    await expect(new SeverityTableStore(path).get()).rejects.toMatchObject({ code: 'unreadable-file' })
  })

  it('limits must rise', () => {
    const [group] = table.groups
    const limits = { ...group.limits, rigid: { a: 3, b: 2, c: 4 } }
    expect(severityTableSchema.safeParse({ ...table, groups: [{ ...group, limits }] }).success).toBe(false)
    expect(severityTableSchema.safeParse({ ...table, groups: [group, group] }).success).toBe(false)
  })
})

describe('alarm limits', () => {
  const baseline = [3, 1, 2, 5, 4, Number.NaN]

  it('fixed ones need no baseline', () => {
    expect(computeAlarmLimits({ kind: 'fixed', warning: 2, danger: 4 }, [])).toEqual({ warning: 2, danger: 4 })
  })

  it('mean + k σ: of 1 … 5 the mean is 3 and σ √2.5', () => {
    const { warning, danger } = computeAlarmLimits({ kind: 'sigma', warning: 2, danger: 3 }, baseline)
    expect(warning).toBeCloseTo(3 + 2 * Math.sqrt(2.5), 12)
    expect(danger).toBeCloseTo(3 + 3 * Math.sqrt(2.5), 12)
  })

  it('percentiles as numpy.percentile: 90 % and 99 % of 1 … 5 are 4.6 and 4.96', () => {
    const { warning, danger } = computeAlarmLimits({ kind: 'percentile', warning: 90, danger: 99 }, baseline)
    expect(warning).toBeCloseTo(4.6, 12)
    expect(danger).toBeCloseTo(4.96, 12)
  })

  it('at a limit it is still the milder state', () => {
    expect([2, 2.1, 4, 4.1].map((value) => alarmStateOf(value, { warning: 2, danger: 4 }))).toEqual([
      'normal',
      'warning',
      'warning',
      'danger',
    ])
  })

  it.each([
    [{ kind: 'fixed', warning: 4, danger: 4 }, baseline, 'must lie below'],
    [{ kind: 'fixed', warning: Number.NaN, danger: 4 }, baseline, 'must lie below'],
    [{ kind: 'sigma', warning: 2, danger: 3 }, [1, 2, 3, 4], 'gives 4 values'],
    [{ kind: 'percentile', warning: 90, danger: 101 }, baseline, 'from 0 to 100'],
  ] as const)('refused: %j', (method, values, named) => {
    expect(() => computeAlarmLimits(method, values)).toThrow(named)
  })
})
