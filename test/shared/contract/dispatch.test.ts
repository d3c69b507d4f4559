import { describe, expect, it } from 'vitest'
import { createHandlers } from '../../../src/engine/handlers'
import { Session } from '../../../src/engine/session'
import type { EngineParts } from '../../../src/engine/engine-parts'
import type { RequestContext } from '../../../src/shared/contract/dispatch'
import { dispatch } from '../../../src/shared/contract/dispatch'
import { AnalyzerError, errorCodes } from '../../../src/shared/errors'
import { fakeParts } from '../../builders/fake-parts'

const bugs: unknown[] = []
const contextOf = (signal = new AbortController().signal): RequestContext => ({
  signal,
  resolveFile: (handle) => handle,
  reportBug: (error) => void bugs.push(error),
})
const ask = (parts: Partial<EngineParts>, name: string, input: unknown, context = contextOf()) =>
  dispatch(createHandlers(new Session(fakeParts(parts), () => undefined)), name, input, context)

describe('dispatch', () => {
  it('answers with the value', async () => {
    expect(await ask({}, 'model.list', {})).toEqual({ ok: true, value: [] })
  })

  it.each(['model.lst', '', 'toString', '__proto__', 'constructor'])('refuses the unknown name "%s"', async (name) => {
    expect(await ask({}, name, {})).toMatchObject({ ok: false, error: { code: 'bad-request' } })
  })

  it.each([
    ['a field of its own', 'model.list', { extra: 1 }],
    ['nothing', 'model.list', undefined],
    ['a wrong type', 'model.show', { id: 5 }],
    ['a missing field', 'analysis.start', { file: 'a.wav' }],
    ['a negative rate', 'recording.inspect', { file: 'a.csv', read: { sampleRateHz: -1 } }],
    ['an infinite rate', 'recording.inspect', { file: 'a.csv', read: { sampleRateHz: Infinity } }],
  ])('answers bad-request to %s', async (_, name, input) => {
    const reply = await ask({}, name, input)
    expect(reply).toMatchObject({ ok: false, error: { code: 'bad-request' } })
  })

  it.each(errorCodes)('keeps code, sentence and details of an AnalyzerError %s', async (code) => {
    const showModel = async (): Promise<never> => {
      throw new AnalyzerError(code, 'A sentence.', { value: 3 })
    }
    expect(await ask({ showModel }, 'model.show', { id: 'x' })).toEqual({
      ok: false,
      error: { code, message: 'A sentence.', details: { value: 3 } },
    })
  })

  it('answers internal to a bug, without its text or stack, and reports it', async () => {
    bugs.length = 0
    const bug = new TypeError('secret of /home/somebody')
    const reply = await ask({ showModel: async () => Promise.reject(bug) }, 'model.show', { id: 'x' })
    expect(reply).toMatchObject({ ok: false, error: { code: 'internal', details: {} } })
    expect(JSON.stringify(reply)).not.toMatch(/secret|at /)
    expect(bugs).toEqual([bug])
  })

  it('answers cancelled when the signal is aborted, whatever was thrown', async () => {
    const controller = new AbortController()
    const showModel = async (): Promise<never> => {
      controller.abort()
      throw new TypeError('torn down')
    }
    const reply = await ask({ showModel }, 'model.show', { id: 'x' }, contextOf(controller.signal))
    expect(reply).toMatchObject({ ok: false, error: { code: 'cancelled' } })
    const again = await ask({ showModel }, 'model.list', {}, contextOf(controller.signal))
    expect(again).toMatchObject({ ok: false, error: { code: 'cancelled' } })
  })

  it('names only files that the shell resolves', async () => {
    const context = {
      ...contextOf(),
      resolveFile: (handle: string): string => {
        throw new AnalyzerError('bad-request', `No file ${handle}.`)
      },
    }
    const reply = await ask({}, 'recording.inspect', { file: '/etc/passwd', read: {} }, context)
    expect(reply).toMatchObject({ ok: false, error: { code: 'bad-request', message: 'No file /etc/passwd.' } })
  })
})
