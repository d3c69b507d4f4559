import type { TextLine } from './text-lines'

/** What the lines before the table say. */
export interface Preamble {
  readonly sampleRate: PreambleValue | undefined
  readonly shaftSpeed: PreambleValue | undefined
  readonly startTime: string | undefined
  readonly machine: string | undefined
  readonly properties: Readonly<Record<string, string>>
}

export interface PreambleValue {
  /** Hz for the rate, revolutions per minute for the speed. */
  readonly value: number
  readonly line: string
}

const mostProperties = 64
const rateKey =
  /^(sampl\w*[ _-]*(rate|freq\w*)|rate|fs|f_s|采样(频率|率|频)|abtast(rate|frequenz)|fr[ée]quence.*[ée]chantillonnage)(?![a-z])/i
const stepKey =
  /^(sampl\w*[ _-]*(interval|period|time)|time[ _-]*(step|increment|interval)|delta[ _-]*(t|x)|dt|采样(间隔|周期))/i
const speedKey = /^(rpm|shaft[ _-]*speed|(rotation\w*|motor|machine)[ _-]*speed|speed|转速|drehzahl|vitesse.*rotation)/i
const startKey = /^(start[ _-]*(time|date)|date([ _-]*time)?|time[ _-]*stamp|recorded|采集时间|开始时间|日期|datum)/i
const machineKey = /^(machine|asset|equipment|设备(名称)?|机器|maschine)/i

export function readPreamble(lines: readonly TextLine[]): Preamble {
  const properties: Record<string, string> = {}
  let sampleRate: PreambleValue | undefined
  let shaftSpeed: PreambleValue | undefined
  let startTime: string | undefined
  let machine: string | undefined
  for (const { text } of lines) {
    const pair = splitPair(text)
    if (!pair) continue
    const [key, value] = pair
    sampleRate ??= rateOf(key, value, text)
    shaftSpeed ??= speedOf(key, value, text)
    if (startKey.test(key)) startTime ??= isoTime(value)
    if (machineKey.test(key)) machine ??= value
    if (Object.keys(properties).length < mostProperties) properties[key.slice(0, 80)] = value.slice(0, 200)
  }
  return { sampleRate, shaftSpeed, startTime, machine, properties }
}

/** "key: value", "key = value", or two cells; the unit may stand in the key: "Sample rate (Hz);25600". */
function splitPair(text: string): readonly [string, string] | undefined {
  const words = text.replace(/^\s*(#+|%+|\/\/)\s*/, '').replace(/[,;\t|\s]+$/, '')
  const match = /^([^:=：,;\t|]+?)\s*[:=：,;\t|]+\s*(.+)$/.exec(words)
  if (!match) return undefined
  return [unquote(match[1]), unquote(match[2])]
}

function unquote(words: string): string {
  return words.trim().replaceAll(/^"|"$/g, '').trim()
}

/** A number with the words behind it; "25,6 kHz" and "25600.0" alike. */
function quantity(value: string, key: string): { readonly number: number; readonly unit: string } | undefined {
  const match = /^([+-]?\d+(?:[.,]\d+)?(?:e[+-]?\d+)?)\s*(.*)$/i.exec(value)
  if (!match) return undefined
  const unit = match[2].trim() || (/[([（]([^)\]）]+)[)\]）]/.exec(key)?.[1] ?? '')
  const number = Number(match[1].replace(',', '.'))
  return Number.isFinite(number) && number > 0 ? { number, unit } : undefined
}

function rateOf(key: string, value: string, line: string): PreambleValue | undefined {
  const found = rateKey.test(key) || stepKey.test(key) ? quantity(value, key) : undefined
  if (!found) return undefined
  if (rateKey.test(key)) {
    if (/^(khz|ks\/s|ksps|ksa\/s)/i.test(found.unit)) return { value: found.number * 1000, line }
    if (/^(mhz|ms\/s)/i.test(found.unit)) return { value: found.number * 1e6, line }
    return found.unit === '' || /^(hz|s\/s|sa\/s|sps|samples|1\/s|赫兹)/i.test(found.unit)
      ? { value: found.number, line }
      : undefined
  }
  const seconds = /^(ms|毫秒)/i.test(found.unit) ? 1e-3 : /^([uµμ]s|微秒)/i.test(found.unit) ? 1e-6 : 1
  return /^(s|sec\w*|秒|ms|毫秒|[uµμ]s|微秒|)$/i.test(found.unit)
    ? { value: 1 / (found.number * seconds), line }
    : undefined
}

function speedOf(key: string, value: string, line: string): PreambleValue | undefined {
  const found = speedKey.test(key) ? quantity(value, key) : undefined
  if (!found) return undefined
  if (/^(hz|1\/s|r\/s|rps|赫兹)/i.test(found.unit)) return { value: found.number * 60, line }
  const isRpm =
    /^(rpm|r\/min|1\/min|转\/分|min)/i.test(found.unit) || (found.unit === '' && /rpm|转速|drehzahl|shaft/i.test(key))
  return isRpm ? { value: found.number, line } : undefined
}

function isoTime(value: string): string | undefined {
  const match = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+(\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?))?/.exec(value)
  if (!match) return undefined
  const day = `${match[1]}-${match[2].padStart(2, '0')}-${match[3].padStart(2, '0')}`
  return match[4] === undefined ? day : `${day}T${match[4].padStart(5, '0')}`
}
