import { afterEach, beforeEach, expect, vi } from 'vitest'

/** Unexpected console output fails the test that made it; a test that expects output mocks the method itself. */
const methods = ['log', 'info', 'warn', 'error', 'debug'] as const
let written: string[] = []

beforeEach(() => {
  written = []
  for (const method of methods) {
    vi.spyOn(console, method).mockImplementation((...words: unknown[]) => {
      written.push(`console.${method}: ${words.map(String).join(' ')}`)
    })
  }
})

afterEach(() => {
  vi.restoreAllMocks()
  expect(written, 'unexpected console output').toEqual([])
})
