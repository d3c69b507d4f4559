import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isOwnPage, pageFileOfUrl, pageOrigin } from '../../src/main/page-security'
import { contentSecurityPolicy } from '../../src/shell/page-files'

const root = resolve('out/renderer')

describe('files of the page', () => {
  it.each([
    ['app://vibralens/', 'index.html'],
    ['app://vibralens/assets/index.js', 'assets/index.js'],
    ['app://vibralens/a%20b.css?x=1#y', 'a b.css'],
  ])('%s is %s, with the policy', (url, name) => {
    const file = pageFileOfUrl(url, root)
    expect(file?.path).toBe(resolve(root, name))
    expect(file?.headers['Content-Security-Policy']).toBe(contentSecurityPolicy)
  })

  it.each([
    'app://other/index.html',
    'https://vibralens/index.html',
    'file:///etc/passwd',
    'app://vibralens/..%2f..%2fpackage.js',
    'app://vibralens/%2e%2e%2f%2e%2e%2fsecret.js',
    'app://vibralens/a%00.js',
    'app://vibralens/%E0%A4%A',
    'app://vibralens/model.bin',
    'nonsense',
  ])('%s is nothing', (url) => expect(pageFileOfUrl(url, root)).toBeUndefined())

  it('the policy allows no foreign script and no eval', () => {
    expect(contentSecurityPolicy).toContain("script-src 'self';")
    expect(contentSecurityPolicy).not.toContain('unsafe-eval')
    expect(contentSecurityPolicy).toContain("default-src 'none'")
  })
})

describe('who may ask', () => {
  it.each([
    [{ url: `${pageOrigin}/`, parent: null }, true],
    [{ url: `${pageOrigin}/`, parent: {} }, false],
    [{ url: 'https://evil.example/', parent: null }, false],
    [{ url: 'app://vibralens.evil/', parent: null }, false],
    [{ url: '', parent: null }, false],
    [null, false],
  ])('%j: %s', (frame, may) => expect(isOwnPage(frame, pageOrigin)).toBe(may))
})
