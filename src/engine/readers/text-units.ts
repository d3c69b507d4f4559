/** Spellings of a unit that mean the same; the first is how VibraLens writes it. Compared without spaces. */
const spellings: readonly (readonly [string, RegExp])[] = [
  ['m/s2', /^(m\/s(\^|\*\*)?2|m\/s²|m\/sec(\^)?2|m\/s\/s|m[·*.]?s(\^)?(-2|⁻²)|米\/(秒|s)[2²])$/i],
  ['mm/s2', /^(mm\/s(\^|\*\*)?2|mm\/s²)$/i],
  ['g', /^(g|gs|g's|gn|g_n|g-force|gravity)$/i],
  ['mg', /^mg$/],
  ['mm/s', /^(mm\/s|mm\/sec|mm[·*.]?s(\^)?(-1|⁻¹)|毫米\/秒)$/i],
  ['m/s', /^(m\/s|m\/sec|米\/秒)$/i],
  ['in/s', /^(in\/s|ips|in\/sec)$/i],
  ['µm', /^([uµμ]m|microns?|微米)$/i],
  ['mm', /^mm$/i],
  ['V', /^(v|volts?|伏)$/i],
  ['mV', /^(mv|millivolts?)$/i],
  ['Pa', /^pa$/i],
  ['A', /^(a|amps?|amperes?)$/i],
  ['N', /^n$/],
  ['°C', /^(°c|degc|℃)$/i],
  ['rpm', /^(rpm|r\/min|1\/min|转\/分)$/i],
  ['Hz', /^hz$/i],
  ['dB', /^db$/i],
  ['%', /^%$/],
]

const secondsOf: readonly (readonly [number, RegExp])[] = [
  [1, /^(s|sec|secs|seconds?|秒|sek|sekunden)$/i],
  [1e-3, /^(ms|msec|milliseconds?|毫秒)$/i],
  [1e-6, /^([uµμ]s|[uµμ]sec|microsec|microseconds?|微秒)$/i],
  [1e-9, /^(ns|nanoseconds?|纳秒)$/i],
  [60, /^(min|minutes?|分钟?)$/i],
  [3600, /^(h|hours?|小时)$/i],
]

/** The usual spelling of a unit that is known, else the words of the file; undefined for an empty cell. */
export function tidyUnit(words: string): string | undefined {
  const compact = words.replaceAll(/\s+/g, '')
  if (compact === '' || /^[-–]$/.test(compact)) return undefined
  return spellings.find(([, pattern]) => pattern.test(compact))?.[0] ?? words.trim()
}

/** Seconds of one unit of time ('ms' → 0.001); undefined when the words are no unit of time. */
export function secondsPerUnit(words: string): number | undefined {
  const compact = words.replaceAll(/\s+/g, '')
  return secondsOf.find(([, pattern]) => pattern.test(compact))?.[0]
}

export function isKnownUnit(words: string): boolean {
  const compact = words.replaceAll(/\s+/g, '')
  return secondsPerUnit(compact) !== undefined || spellings.some(([, pattern]) => pattern.test(compact))
}
