import { readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { LockAttempt } from '../../../src/engine/project/project-lock'
import { acquireLock, isLocked } from '../../../src/engine/project/project-lock'
import { temporaryFolder } from '../../helpers/temporary-folder'

const lockPath = (): string => join(temporaryFolder(), 'a.lock')

function held(attempt: LockAttempt) {
  if (attempt.kind === 'taken') throw new Error(`taken by ${attempt.by}`)
  return attempt.lock
}

describe('a lock', () => {
  it('of many that want it at once one gets it; no other file stays', async () => {
    const path = lockPath()
    const attempts = await Promise.all(Array.from({ length: 20 }, () => acquireLock(path, 'if-free')))
    const winners = attempts.filter(({ kind }) => kind === 'held')
    expect(winners).toHaveLength(1)
    expect(await isLocked(path)).toBe(true)
    expect(readdirSync(join(path, '..'))).toEqual(['a.lock'])
    await held(winners[0]).release()
    expect([await isLocked(path), readdirSync(join(path, '..'))]).toEqual([false, []])
  })

  it('taken over is no longer held by the first, whose release leaves it alone', async () => {
    const path = lockPath()
    const first = held(await acquireLock(path, 'if-free'))
    const second = held(await acquireLock(path, 'by-force'))
    expect([await first.isHeld(), await second.isHeld()]).toEqual([false, true])
    await first.release()
    expect(await second.isHeld()).toBe(true)
  })

  it('tidied away by somebody is taken again by who had it', async () => {
    const path = lockPath()
    const lock = held(await acquireLock(path, 'if-free'))
    rmSync(path)
    expect(await lock.isHeld()).toBe(true)
    expect((await acquireLock(path, 'if-free')).kind).toBe('taken')
  })

  it('without content is being written just now; an old one is nobody’s', async () => {
    const path = lockPath()
    writeFileSync(path, '')
    expect((await acquireLock(path, 'if-free')).kind).toBe('taken')
    utimesSync(path, new Date(0), new Date(0))
    expect(await acquireLock(path, 'if-free')).toMatchObject({ kind: 'held', wasStale: true })
  })

  it('in a folder that is not there is the file system’s error', async () => {
    await expect(acquireLock(join(temporaryFolder(), 'no', 'a.lock'), 'if-free')).rejects.toMatchObject({
      code: 'ENOENT',
    })
  })
})
