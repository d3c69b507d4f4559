import { describe, expect, it } from 'vitest'
import { loadResvg } from '../../../src/engine/reports/load-resvg'
import { AnalyzerError } from '../../../src/shared/errors'

function failureOf(work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    return error
  }
  return undefined
}

describe('what draws pictures', () => {
  it('is there where all packages are installed', () => {
    expect(loadResvg().Resvg).toBeTypeOf('function')
  })

  it('says what is missing and which command installs it where its package for the platform is not there', () => {
    const cause = Object.assign(new Error("Cannot find module '@resvg/resvg-js-some-platform'\nRequire stack: …"), {
      code: 'MODULE_NOT_FOUND',
    })
    const failure = failureOf(() =>
      loadResvg(() => {
        throw cause
      }),
    )
    expect(failure).toBeInstanceOf(AnalyzerError)
    expect(failure).toMatchObject({
      code: 'backend-unavailable',
      cause,
      message:
        `Pictures cannot be drawn: the part of @resvg/resvg-js for ${process.platform}-${process.arch} is missing or ` +
        'does not start; run "npm ci --include=optional" in the folder of VibraLens.',
    })
  })
})
