import { describe, expect, it } from 'vitest'
import type { Reply } from '../../../src/shared/contract/reply'
import { failure } from '../../../src/shared/contract/reply'
import { decodeReply, encodeReply } from '../../../src/shared/contract/reply-codec'
import { AnalyzerError } from '../../../src/shared/errors'
import type { Random } from '../../../src/shared/random'
import { createRandom } from '../../../src/shared/random'

const arrayMakers = [
  (random: Random, length: number) => Float32Array.from({ length }, () => oddNumber(random)),
  (random: Random, length: number) => Float64Array.from({ length }, () => oddNumber(random)),
  (random: Random, length: number) => Uint8Array.from({ length }, () => random.integer(256)),
  (random: Random, length: number) => Int32Array.from({ length }, () => random.integer(2 ** 32) - 2 ** 31),
]

function oddNumber(random: Random): number {
  return [Number.NaN, Infinity, -Infinity, -0, 1e-45, random.normal() * 1e30, random.normal()][random.integer(7)]
}

function arbitraryArray(random: Random): ArrayBufferView {
  const array = arrayMakers[random.integer(4)](random, random.integer(20))
  // a view that begins in the middle of its buffer, as tiles cut from a longer array do
  return random.uniform() < 0.5 ? array : array.subarray(Math.min(1, array.length))
}

/** Plain values of every kind that a reply may hold, typed arrays anywhere among them. */
function arbitraryValue(random: Random, depth: number): unknown {
  const kind = random.integer(depth > 3 ? 6 : 9)
  if (kind === 0) return null
  if (kind === 1) return random.normal()
  if (kind === 2) return ['', 'mm/s²', '轴承', '\u{1F600}"\\\n', 'null'][random.integer(5)]
  if (kind === 3) return random.uniform() < 0.5
  if (kind <= 5) return arbitraryArray(random)
  if (kind === 6) return Array.from({ length: random.integer(4) }, () => arbitraryValue(random, depth + 1))
  const keys = ['value', 'length', '__proto__', 'toJSON', '0', '轴', 'path'].filter(() => random.uniform() < 0.5)
  return Object.fromEntries(keys.map((key) => [key, arbitraryValue(random, depth + 1)]))
}

const example: Reply<unknown> = {
  ok: true,
  value: { rows: 2, values: Float32Array.of(1, Number.NaN, -3), list: [{ raw: Uint8Array.of(7) }] },
}

describe('the codec of replies', () => {
  it('gives back what it was given, 400 arbitrary replies', () => {
    const random = createRandom('reply-codec')
    let arrayCount = 0
    for (let i = 0; i < 400; i++) {
      const reply: Reply<unknown> = { ok: true, value: arbitraryValue(random, 0) }
      const bytes = encodeReply(reply)
      expect(bytes.length % 8).toBe(0)
      expect(decodeReply(bytes)).toStrictEqual(reply)
      arrayCount += new TextDecoder('latin1').decode(bytes).split('"path":').length - 1
    }
    expect(arrayCount).toBeGreaterThan(200)
  })

  it('reads a frame wherever it lies in its buffer', () => {
    const bytes = encodeReply(example)
    for (let offset = 0; offset < 9; offset++) {
      const larger = new Uint8Array(bytes.length + offset + 5)
      larger.set(bytes, offset)
      expect(decodeReply(larger.subarray(offset, offset + bytes.length))).toStrictEqual(example)
    }
  })

  it('copies no array of a frame that is aligned', () => {
    const bytes = encodeReply(example)
    const reply = decodeReply(bytes) as { readonly value: { readonly values: Float32Array } }
    expect(reply.value.values.buffer).toBe(bytes.buffer)
  })

  it('keeps the error of a refusal', () => {
    const refusal = failure('unreadable-file', 'No samples in "a.wav".', { name: 'a.wav' })
    expect(decodeReply(encodeReply(refusal))).toStrictEqual(refusal)
  })

  it('makes null of a NaN or Infinity outside of arrays, as JSON does', () => {
    const reply = encodeReply({ ok: true, value: { rms: Number.NaN, list: [Infinity] } })
    expect(decodeReply(reply)).toStrictEqual({ ok: true, value: { rms: null, list: [null] } })
  })

  it('refuses frames that are cut short at any byte, or are something else', () => {
    const bytes = encodeReply(example)
    // the last 7 bytes fill up the 1 byte of the last array
    for (let length = 0; length < bytes.length - 7; length++) {
      expect(() => decodeReply(bytes.slice(0, length))).toThrow(AnalyzerError)
    }
    expect(() => decodeReply(new TextEncoder().encode('{"ok":true,"value":{}}'))).toThrow(/22 bytes/)
  })

  it('refuses typed arrays that no reply has', () => {
    expect(() => encodeReply({ ok: true, value: Int16Array.of(1) })).toThrow(/Int16Array/)
  })
})
