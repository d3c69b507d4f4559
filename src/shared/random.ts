/** Seeded uniform and normal numbers: the same seed gives the same numbers on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number
  /** Uniform in [low, high). */
  between(low: number, high: number): number
  /** Integer in [0, count). */
  integer(count: number): number
  /** Standard normal (Box–Muller). */
  normal(): number
  /** A generator of its own whose numbers depend on this seed and the label only. */
  fork(label: string): Random
}

/** sfc32 (Doty-Humphrey, PractRand): 128 bits of state, passes PractRand to 2 TB, four adds a number. */
export function createRandom(seed: number | string): Random {
  const state = hashSeed(String(seed))
  let a = state[0]
  let b = state[1]
  let c = state[2]
  let d = state[3]
  let spare: number | undefined
  const uniform = (): number => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + t) | 0
    return (t >>> 0) / 4294967296
  }
  for (let i = 0; i < 16; i++) uniform()
  const normal = (): number => {
    if (spare !== undefined) {
      const value = spare
      spare = undefined
      return value
    }
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()))
    const angle = 2 * Math.PI * uniform()
    spare = radius * Math.sin(angle)
    return radius * Math.cos(angle)
  }
  return {
    uniform,
    normal,
    between: (low, high) => low + (high - low) * uniform(),
    integer: (count) => Math.floor(uniform() * count),
    fork: (label) => createRandom(`${seed}/${label}`),
  }
}

/** Four words of FNV-1a over the text, each with its own offset. */
function hashSeed(text: string): Int32Array {
  const words = new Int32Array([0x811c9dc5, 0x9e3779b9, 0x85ebca6b, 0xc2b2ae35])
  for (let i = 0; i < text.length; i++) {
    for (let w = 0; w < 4; w++) words[w] = Math.imul(words[w] ^ (text.charCodeAt(i) + w), 0x01000193)
  }
  return words
}
