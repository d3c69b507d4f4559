import { describe, expect, it } from 'vitest'
import type { TextLayoutOptions } from '../../../src/engine/readers/recording'
import { sniffTextLayout, type TextLayout } from '../../../src/engine/readers/text-layout'
import { splitTitle } from '../../../src/engine/readers/text-header'
import { tidyUnit } from '../../../src/engine/readers/text-units'
import { encodeText } from '../../builders/text-table-builder'

function sniff(text: string | Uint8Array, options: TextLayoutOptions = {}): TextLayout {
  return sniffTextLayout(typeof text === 'string' ? encodeText(text, 'utf-8') : text, options, true)
}

/** delimiter, decimal mark, header lines, columns as "name [unit] role". */
function summary(layout: TextLayout): readonly unknown[] {
  const columns = layout.columns.map(
    ({ name, unit, role }) => `${name}${unit === undefined ? '' : ` [${unit}]`} ${role}`,
  )
  return [layout.delimiter, layout.decimal, layout.headerLineCount, columns.join('; ')]
}

const gb18030 = new Uint8Array([
  ...[0xca, 0xb1, 0xbc, 0xe4, 0x28, 0x73, 0x29, 0x2c], // 时间(s),
  ...[0xbc, 0xd3, 0xcb, 0xd9, 0xb6, 0xc8, 0x28, 0x67, 0x29, 0x0a], // 加速度(g)
  ...encodeText('0,1.5\n0.001,2.5\n0.002,-1\n', 'utf-8'),
])
const latin1 = new Uint8Array([...Buffer.from('t (s);x (\xb5m);y (m/s\xb2)\n0;1;2\n0.1;2;3\n', 'latin1')])

describe('layouts', () => {
  it.each<[string, string | Uint8Array, readonly unknown[]]>([
    ['numbers alone', '1.5\n2\n-3\n', ['', '.', 0, 'column 1 signal']],
    ['semicolons and decimal commas', 't;x\n0,0;1,5\n0,1;2,5\n', [';', ',', 1, 't time; x signal']],
    ['tabs', 'a\tb\n1\t2\n3\t5\n', ['\t', '.', 1, 'a signal; b signal']],
    ['pipes', 'a|b\n1|2\n3|5\n', ['|', '.', 1, 'a signal; b signal']],
    [
      'aligned spaces',
      '   Time (s)   Acc x (g)\n   0.0   1e-3\n   0.1  -2.5\n',
      [' ', '.', 1, 'Time [s] time; Acc x [g] signal'],
    ],
    ['tabs with decimal commas', 'a\tb\n1,5\t2\n3,1\t5\n', ['\t', ',', 1, 'a signal; b signal']],
    [
      'units in the header',
      'Time [s],Acceleration x (m/s^2),a_y in g\n0,1,2\n0.1,2,2\n',
      [',', '.', 1, 'Time [s] time; Acceleration x [m/s2] signal; a_y [g] signal'],
    ],
    [
      'a row of units',
      'Time,Ch1,Ch2\ns,m/s²,mm/s\n0,1,2\n0.1,2,2\n',
      [',', '.', 2, 'Time [s] time; Ch1 [m/s2] signal; Ch2 [mm/s] signal'],
    ],
    [
      'a row of bracketed units and a blank line',
      'Time,Ch1\n(s),(unknown)\n\n0,1\n0.1,2\n',
      [',', '.', 3, 'Time [s] time; Ch1 [unknown] signal'],
    ],
    [
      'a preamble',
      'Logger 5000\nSerial,12345\nSample rate: 1000 Hz\n\nx,y\n1,2\n2,4\n5,3\n',
      [',', '.', 5, 'x signal; y signal'],
    ],
    ['a commented header', '# made 2024\n# t, x\n0,1\n0.1,2\n', [',', '.', 2, 't time; x signal']],
    [
      'Chinese in UTF-8',
      '采样频率:1000\n时间(s),加速度(m/s²)\n0,1\n0.001,2\n',
      [',', '.', 2, '时间 [s] time; 加速度 [m/s2] signal'],
    ],
    ['Chinese in GB18030', gb18030, [',', '.', 1, '时间 [s] time; 加速度 [g] signal']],
    ['µ and ² in Windows-1252', latin1, [';', '.', 1, 't [s] time; x [µm] signal; y [m/s2] signal']],
    ['a counter of pandas', ',x\n0,1.5\n1,2.5\n2,1\n', [',', '.', 1, 'column 1 counter; x signal']],
    ['a named counter', 'index;x\n1;1.5\n2;2.5\n3;1\n', [';', '.', 1, 'index counter; x signal']],
    ['time called Time with whole steps', 'Time,x\n0,1.5\n1,2.5\n2,1\n', [',', '.', 1, 'Time time; x signal']],
    [
      'unnamed time in equal steps',
      '0;1.5\n0.1;2.5\n0.2;1\n0.3;1\n0.4;7\n',
      [';', '.', 0, 'column 1 time; column 2 signal'],
    ],
    [
      'date and clock in two columns',
      'Date,Time,x\n2024-05-01,08:00:00.0,1\n2024-05-01,08:00:00.1,2\n',
      [',', '.', 1, 'Date date; Time time; x signal'],
    ],
    [
      'ISO date-time',
      'stamp;x\n2024-05-01T08:00:00.000;1\n2024-05-01T08:00:00.001;2\n',
      [';', '.', 1, 'stamp time; x signal'],
    ],
    [
      'FEMTO',
      '8,48,11,9.7816e+05,0.45,-0.2\n8,48,11,9.782e+05,0.34,-0.2\n8,48,12,3,0.2,-0.06\n',
      [',', '.', 0, 'column 1 time; column 2 time; column 3 time; column 4 time; column 5 signal; column 6 signal'],
    ],
    ['a column of words', 'x,state\n1.5,OK\n2.5,OK\n3.5,BAD\n', [',', '.', 1, 'x signal; state words']],
    [
      'quoted titles with a comma',
      '"Time, s","Acc, g"\n"0","1.5"\n"0.1","2"\n',
      [',', '.', 1, 'Time [s] time; Acc [g] signal'],
    ],
    ['titles twice', 'a,a,a\n1,2,3\n4,2,8\n', [',', '.', 1, 'a signal; a 2 signal; a 3 signal']],
    ['trailing delimiters', 'a;b;\n1;2;\n3;4;\n', [';', '.', 1, 'a signal; b signal']],
    ['CR alone', 't,x\r0,1\r0.1,2\r', [',', '.', 1, 't time; x signal']],
    ['one row', 'x,y\n1.5,2\n', [',', '.', 1, 'x signal; y signal']],
  ])('%s', (_, text, expected) => expect(summary(sniff(text))).toEqual(expected))

  it('reads "0,05" as decimal commas: whole numbers have no leading zeros', () => {
    expect(summary(sniff('0,05\n0,10\n-0,25\n'))).toEqual(['', ',', 0, 'column 1 signal'])
  })

  it.each([
    ['utf-8', 'utf-8'],
    ['utf-8-bom', 'utf-8'],
    ['utf-16le', 'utf-16le'],
    ['utf-16be', 'utf-16be'],
    ['utf-16le-bom', 'utf-16le'],
    ['utf-16be-bom', 'utf-16be'],
  ] as const)('%s is found', (encoding, label) => {
    const layout = sniff(encodeText('时间(s),加速度(g)\r\n0,1\r\n0.001,2\r\n0.002,3\r\n', encoding))
    expect(layout.encoding.label).toBe(label)
    expect(layout.columns.map(({ name }) => name)).toEqual(['时间', '加速度'])
  })
})

describe('what the user says is taken as it is', () => {
  it('names each guess with its flag, and no guess for what is given', () => {
    const flagsOf = (options: TextLayoutOptions): readonly unknown[] =>
      sniff('t,x\n0,1\n0.1,2\n', options).guesses.map(({ flag }) => flag)
    const all = ['--encoding', '--delimiter', '--decimal', '--header-lines', '--time-column', undefined, '--unit']
    expect(flagsOf({})).toEqual(all)
    const given = { encoding: 'utf-8', delimiter: ',', decimal: '.', headerLines: 1, timeColumn: 't' } as const
    expect(flagsOf(given)).toEqual([undefined, '--unit'])
  })

  it.each<[TextLayoutOptions, readonly unknown[]]>([
    [{ delimiter: ';' }, [';', ',', 0, 'column 1 time; column 2 signal']],
    [{ delimiter: 'semicolon', timeColumn: 'none' }, [';', ',', 0, 'column 1 signal; column 2 signal']],
    [{ delimiter: ';', headerLines: 2, timeColumn: 1 }, [';', ',', 2, 'column 1 signal; column 2 time']],
  ])('%j', (options, expected) => {
    expect(summary(sniff('0,0;1,5\n0,1;2,5\n0,2;3,0\n0,3;5,0\n0,4;5,1\n', options))).toEqual(expected)
  })

  it('takes the time column by name or index, with the unit of its title', () => {
    const text = 'x,clock (ms)\n5,0\n6,1\n5,2\n'
    expect(sniff(text, { timeColumn: 'clock' }).time).toEqual({ kind: 'number', column: 1, secondsPerUnit: 1e-3 })
    expect(sniff(text, { timeColumn: '1' }).time).toEqual({ kind: 'number', column: 1, secondsPerUnit: 1e-3 })
  })
})

describe('preamble', () => {
  it.each([
    ['Sample rate: 25600 Hz', 25_600],
    ['Sampling Frequency = 25.6 kHz', 25_600],
    ['fs,12800', 12_800],
    ['# Sample rate (Hz);51200', 51_200],
    ['采样频率：25600Hz', 25_600],
    ['dt: 0.5 ms', 2000],
    ['采样间隔: 0.001', 1000],
    ['Sample rate: 5 furlongs', undefined],
    ['fsync: 3', undefined],
  ])('%s → %s Hz', (line, expected) => {
    const layout = sniff(`${line}\nnote: a\nx;y\n1.5;2\n2.5;4\n5;3\n`)
    expect(layout.preamble.sampleRate?.value).toBe(expected)
  })

  it.each([
    ['RPM=1797', 1797],
    ['转速: 1480 r/min', 1480],
    ['Shaft speed (Hz): 25', 1500],
    ['Speed: 3', undefined],
  ])('%s → %s rpm', (line, expected) => {
    const layout = sniff(`${line}\nnote: a\nx;y\n1.5;2\n2.5;4\n5;3\n`)
    expect(layout.preamble.shaftSpeed?.value).toBe(expected)
  })
})

it.each([
  ['Acceleration x (m/s^2)', 'Acceleration x', 'm/s^2'],
  ['a / (m/s²)', 'a', 'm/s²'],
  ['Beschl./g', 'Beschl.', 'g'],
  ['time_ms', 'time', 'ms'],
  ['velocity mm/s', 'velocity', 'mm/s'],
  ['加速度（m/s²）', '加速度', 'm/s²'],
  ['channel A', 'channel A', undefined],
  ['axis_N', 'axis_N', undefined],
  ['x', 'x', undefined],
  ['(g)', '(g)', undefined],
])('title "%s" → "%s", %s', (cell, name, unitWords) => expect(splitTitle(cell)).toEqual({ name, unitWords }))

it.each([
  ['m/s²', 'm/s2'],
  ['m/s^2', 'm/s2'],
  ['m·s⁻²', 'm/s2'],
  ['米/秒²', 'm/s2'],
  ['G', 'g'],
  ['um', 'µm'],
  ['furlong', 'furlong'],
  ['', undefined],
])('unit "%s" → %s', (words, unit) => expect(tidyUnit(words)).toBe(unit))
