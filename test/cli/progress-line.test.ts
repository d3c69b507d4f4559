import { describe, expect, it } from 'vitest'
import { progressWords } from '../../src/cli/progress-line'
import { throttleProgress } from '../../src/engine/jobs/progress-throttle'
import type { ProgressReport } from '../../src/engine/jobs/progress-throttle'
import { translator } from '../../src/shared/locales/translate'

const t = translator('en')

describe('the words of progress', () => {
  it.each([
    [{ stage: 'infer', done: 0, total: 100, seconds: 0 }, 'Looking for the fault 0 %'],
    [
      { stage: 'infer', done: 3_000_000, total: 6_000_000, seconds: 2 },
      'Looking for the fault 50 %, 1.5 M/s, 2 s left',
    ],
    [{ stage: 'train', done: 1, total: 1000, seconds: 5 }, 'Training 0 %, 0.2/s, 1 h 23 min left'],
    [{ stage: 'toString', done: 10, total: 10, seconds: 1 }, 'Working 100 %, 10/s, 0 s left'],
    [{ stage: 'infer', done: 5, total: 0, seconds: 0 }, 'Looking for the fault 0 %'],
  ])('%j: %s', (progress, words) => expect(progressWords(t, progress)).toBe(words))
})

describe('the throttle', () => {
  it('passes the first and last of a stage, and between them at most every 100 ms', () => {
    let now = 0
    const sent: ProgressReport[] = []
    const throttle = throttleProgress(
      (progress) => sent.push(progress),
      () => now,
    )
    for (let done = 0; done <= 100; done++) {
      now += 5
      throttle.report({ stage: 'a', done, total: 100 })
    }
    expect(sent.length).toBeLessThanOrEqual(7)
    expect(sent[0].done).toBe(0)
    expect(sent.at(-1)?.done).toBe(100)
  })

  it('sends what it held back before the next stage and at the end', () => {
    const sent: ProgressReport[] = []
    const throttle = throttleProgress(
      (progress) => sent.push(progress),
      () => 0,
    )
    throttle.report({ stage: 'a', done: 1, total: 9 })
    throttle.report({ stage: 'a', done: 2, total: 9 })
    throttle.report({ stage: 'b', done: 1, total: 9 })
    throttle.report({ stage: 'b', done: 3, total: 9 })
    throttle.flush()
    throttle.flush()
    expect(sent.map(({ stage, done }) => `${stage}${done}`)).toEqual(['a1', 'a2', 'b1', 'b3'])
  })
})
