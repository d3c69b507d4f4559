import { describe, expect, it } from 'vitest'
import { EvidenceShelf, type HeldEvidence } from '../../../src/engine/study/evidence-shelf'
import { ByteLimitedCache } from '../../../src/engine/study/byte-limited-cache'
import { StepMap } from '../../../src/engine/timeline/step-map'
import { tinyCard } from '../../builders/tiny-model'

const stepCount = 6400

function evidenceOf(recordingId: string): Omit<HeldEvidence, 'id'> {
  const map = new StepMap(stepCount, 1, Infinity)
  const ramp = Float32Array.from({ length: stepCount }, (_, i) => i)
  map.keep(0, { stepCount, bins: 1, healthy: ramp, fault: ramp }, new Uint8Array(stepCount).fill(1))
  map.finish()
  const track = {
    startSample: 0,
    stepSamples: 8,
    receptiveFieldSamples: 44,
    stepCount,
    bins: 1,
    evidence: ramp,
  }
  return {
    recordingId,
    channelIndex: 0,
    sampleRateHz: 12_000,
    sampleCount: 60_000,
    card: tinyCard('1d', {}),
    backend: 'cpu',
    elapsedSeconds: 1,
    track,
    score: { healthy: 0, fault: 0, logit: 0 },
    outside: [],
    map,
    bandHz: null,
    signal: {
      sampleRateHz: 12_000,
      sampleCount: 0,
      inputCount: 1,
      read: async () => new Float32Array(0),
      forgetSamples: () => undefined,
    },
  }
}

describe('the shelf of evidence', () => {
  it('within its bound keeps every map whole; beyond it what was not used for longest loses resolution', () => {
    const bytesOfOne = 12 * stepCount
    const shelf = new EvidenceShelf(3 * bytesOfOne)
    const [a, b, c] = ['a', 'b', 'c'].map((id) => shelf.add(evidenceOf(id)))
    expect([a, b, c].map(({ map }) => map.stepsPerColumn)).toEqual([1, 1, 1])
    shelf.get(a.id)
    const d = shelf.add(evidenceOf('d'))
    expect(d.map.stepsPerColumn).toBe(1)
    expect(a.map.stepsPerColumn).toBe(1)
    expect(b.map.stepsPerColumn).toBeGreaterThan(1)
    const total = [a, b, c, d].reduce((sum, { map }) => sum + map.byteLength, 0)
    expect(total).toBeLessThanOrEqual(3 * bytesOfOne)
    expect(b.map.means(Float64Array.of(0, stepCount), 'fault')[0]).toBeCloseTo((stepCount - 1) / 2, 2)
    expect(b.track.evidence.length).toBe(stepCount) // scores lose nothing
  })

  it('drops the evidence of a recording, and no other', () => {
    const shelf = new EvidenceShelf(Infinity)
    const [a, b] = ['a', 'b'].map((id) => shelf.add(evidenceOf(id)))
    shelf.forgetRecording('a')
    expect(() => shelf.get(a.id)).toThrow(/analyse the channel again/)
    expect(shelf.get(b.id)).toBe(b)
  })
})

describe('a cache limited in bytes', () => {
  it('drops what was not used for longest; holds more than its limit for the newest alone', () => {
    const cache = new ByteLimitedCache<Uint8Array>(100, ({ length }) => length)
    cache.set('a', new Uint8Array(40))
    cache.set('b', new Uint8Array(40))
    cache.get('a')
    cache.set('c', new Uint8Array(40))
    expect([cache.get('a')?.length, cache.get('b'), cache.get('c')?.length]).toEqual([40, undefined, 40])
    cache.set('a', new Uint8Array(10)) // in the place of the other
    expect(cache.byteLength).toBe(50)
    cache.set('huge', new Uint8Array(101))
    expect([cache.byteLength, cache.get('a'), cache.get('c')]).toEqual([101, undefined, undefined])
    cache.set('d', new Uint8Array(1))
    expect([cache.byteLength, cache.get('huge')]).toEqual([1, undefined])
  })

  it('drops by key', () => {
    const cache = new ByteLimitedCache<string>(100, ({ length }) => length)
    for (const key of ['r1/0', 'r1/1', 'r10/0']) cache.set(key, 'xx')
    cache.deleteWhere((key) => key.startsWith('r1/'))
    expect([cache.get('r1/0'), cache.get('r10/0'), cache.byteLength]).toEqual([undefined, 'xx', 2])
  })
})
