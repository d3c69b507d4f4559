import { describe, expect, it } from 'vitest'
import {
  groupOf,
  leaveOneBearingOut,
  leaveOneMachineOut,
  machinesWithLifeTests,
  refuseSharedGroups,
} from '../../../src/engine/training/folds'

const item = (machine: string, bearing: string, label: 1 | -1) => ({ machine, bearing, label })
const items = [
  item('a', 'good', -1),
  item('a', 'outer', 1),
  item('b', 'good', -1),
  item('b', 'good', 1),
  item('b', 'second', -1),
  item('b', 'second', 1),
]

describe('grouped folds', () => {
  it('leave each machine out once, whole', () => {
    const folds = leaveOneMachineOut(items)
    expect(folds.map((fold) => fold.machine)).toEqual(['a', 'b'])
    for (const { train, test } of folds) {
      expect(train.length + test.length).toBe(items.length)
      expect(test.map(groupOf).some((group) => train.map(groupOf).includes(group))).toBe(false)
    }
  })

  it('leave each bearing out once, whole; a bearing of the same name on another machine stays', () => {
    const [fold] = leaveOneBearingOut(items, 'b')
    expect(fold.test).toEqual([items[2], items[3]])
    expect(fold.train).toContain(items[0])
  })

  it('a bearing on both sides is refused', () => {
    expect(() => refuseSharedGroups([items[2]], [items[3]], 'mine')).toThrowError(
      expect.objectContaining({ code: 'bad-request', message: expect.stringContaining('b/good') as string }),
    )
  })

  it('one machine alone cannot be left out', () => {
    expect(() => leaveOneMachineOut(items.slice(0, 2))).toThrowError(expect.objectContaining({ code: 'bad-request' }))
  })

  it('life tests are machines whose bearings carry both labels', () =>
    expect(machinesWithLifeTests(items)).toEqual(['b']))
})
