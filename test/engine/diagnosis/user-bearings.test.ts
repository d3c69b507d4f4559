import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseBearingCsv } from '../../../src/engine/diagnosis/bearing-csv'
import { findBearing } from '../../../src/engine/diagnosis/bearing-catalogue'
import { findBearingOf, UserBearings } from '../../../src/engine/diagnosis/user-bearings'
import { temporaryFolder } from '../../helpers/temporary-folder'

const form = {
  designation: '6205',
  maker: 'FAG',
  source: 'measured',
  geometry: { rollingElementCount: 9, ballDiameterMm: 7.938, pitchDiameterMm: 38.5, contactAngleDegrees: 0 },
}

describe("the user's own bearings", () => {
  it('are kept, found by name, replaced by the same designation and maker, and removed', async () => {
    const path = join(temporaryFolder(), 'deep', 'bearings.json')
    expect(await new UserBearings(path).list()).toEqual([])
    await new UserBearings(path).add(form)
    const again = new UserBearings(path)
    expect(await again.list()).toEqual([{ id: 'user-6205-fag', ...form }])
    expect(findBearing('6205', await again.list()).id).toBe('user-6205-fag')
    expect((await findBearingOf(dirname(path), '6205')).id).toBe('user-6205-fag')
    expect((await findBearingOf(dirname(path), 'cwru-6205-2rs')).maker).toContain('SKF')
    await again.add({ ...form, source: 'catalogue' })
    await again.add({ ...form, maker: 'NSK' })
    expect((await again.list()).map(({ maker, source }) => `${maker} ${source}`)).toEqual([
      'FAG catalogue',
      'NSK measured',
    ])
    await again.remove('user-6205-fag')
    expect((await again.list()).map(({ id }) => id)).toEqual(['user-6205-nsk'])
  })

  it('refuse what cannot be built and what is not theirs, and stay as they were', async () => {
    const bearings = new UserBearings(join(temporaryFolder(), 'bearings.json'))
    await bearings.add(form)
    const overlapping = { ...form, geometry: { ...form.geometry, ballDiameterMm: 20 } }
    await expect(bearings.add(overlapping)).rejects.toThrow('do not fit')
    await expect(bearings.remove('cwru-6205-2rs')).rejects.toThrow('among your own')
    await expect(bearings.importCsv('designation,maker,n\nA,B,9\nC,D,2\n')).rejects.toThrow('Line 3')
    expect(await bearings.list()).toHaveLength(1)
  })

  it('two changes at once are both kept', async () => {
    const bearings = new UserBearings(join(temporaryFolder(), 'bearings.json'))
    await Promise.all([bearings.add(form), bearings.add({ ...form, maker: 'NSK' })])
    expect(await bearings.list()).toHaveLength(2)
  })

  it('a damaged file is named, and never written over', async () => {
    const path = join(temporaryFolder(), 'bearings.json')
    writeFileSync(path, '{"bearings": [')
    await expect(new UserBearings(path).add(form)).rejects.toMatchObject({ code: 'unreadable-file' })
    expect(readFileSync(path, 'utf8')).toBe('{"bearings": [')
  })
})

describe('a table of bearings', () => {
  it.each([
    ['comma', 'Designation,Maker,n,d,D,angle\n6205,"SKF, Sweden",9,7.94,39.04,0\nX,Y,12,,,\n'],
    [
      'semicolon and decimal comma',
      '\uFEFFdesignation;manufacturer;Z;Ball diameter;Pitch diameter\r\n6205;"SKF, Sweden";9;7,94;39,04\r\nX;Y;12;;\r\n',
    ],
    [
      'tab, Chinese header',
      '型号\t制造商\t滚动体数\t滚动体直径\t节圆直径\t接触角\n6205\tSKF, Sweden\t9\t7.94\t39.04\t0\n\nX\tY\t12\n',
    ],
  ])('with %s', (_, csv) => {
    expect(parseBearingCsv(csv)).toEqual([
      {
        designation: '6205',
        maker: 'SKF, Sweden',
        source: 'imported table',
        geometry: { rollingElementCount: 9, ballDiameterMm: 7.94, pitchDiameterMm: 39.04, contactAngleDegrees: 0 },
      },
      { designation: 'X', maker: 'Y', source: 'imported table', geometry: { rollingElementCount: 12 } },
    ])
  })

  it.each([
    ['', 'no rows'],
    ['designation,maker,n\n', 'no rows'],
    ['designation,n\nA,9\n', 'no column "maker"'],
    ['designation,maker\nA,B\n', 'no column "n"'],
    ['designation,maker,n\nA,B,nine\n', 'Line 2 of the table: "nine" is not a number'],
    ['designation,maker,n\nA,B,\n', 'number of rolling elements is missing'],
    ['designation,maker,n\n,B,9\n', 'designation and maker must be words'],
    ['designation,maker,n,d,D\nA,B,9,7.94,\n', 'one of the two diameters'],
    [
      'designation,maker,n,d,D\nA,B,9,7.94,39\n\nC,D,9,50,39\n',
      'Line 4 of the table: 9 rolling elements of 50 mm do not fit',
    ],
  ])('%j: one sentence, with the line', (csv, named) => {
    expect(() => parseBearingCsv(csv)).toThrow(named)
    expect(() => parseBearingCsv(csv)).toThrow(/^[^\n]+\.$/)
  })
})
