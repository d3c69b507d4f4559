import { describe, expect, it } from 'vitest'
import { en } from '../../src/shared/locales/en'
import { catalogues, translate } from '../../src/shared/locales/translate'
import { zhCn } from '../../src/shared/locales/zh-CN'

const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort()

describe('message catalogues', () => {
  it('have the same keys', () => {
    expect(Object.keys(zhCn).sort()).toEqual(Object.keys(en).sort())
  })

  it.each(Object.entries(en))('%s has the same placeholders in both, and words', (key, text) => {
    const chinese: Record<string, string> = zhCn
    expect(placeholders(chinese[key])).toEqual(placeholders(text))
    expect(chinese[key].trim()).not.toBe('')
  })

  it('Chinese is Chinese, but for units, names and bare values', () => {
    const untranslated = Object.entries(zhCn).filter(([, text]) => !/[\u4e00-\u9fff]/.test(text))
    const bare =
      /^(unit\.|header\.(rate|speed)$|legend\.evidence|footer\.program|waveform\.axis$|window\.title|app\.switch-language$|settings\.(colours\.(viridis|cividis|magma)|backend\.(tensorflow|wasm))$)/
    const bareLines = ['cli.event', 'cli.file-failed', 'cli.progress', 'report.separator']
    expect(untranslated.map(([key]) => key).filter((key) => !bare.test(key) && !bareLines.includes(key))).toEqual([])
  })
})

describe('translate', () => {
  it('fills placeholders, and leaves one without a value visible', () => {
    expect(translate('en', 'cli.wrote', { file: 'a.png' })).toBe('Wrote a.png')
    expect(translate('en', 'cli.wrote', {})).toBe('Wrote {file}')
    expect(translate('zh-CN', 'verdict.fault', {})).toBe(catalogues['zh-CN']['verdict.fault'])
  })

  it('takes values literally', () => {
    expect(translate('en', 'cli.wrote', { file: '$& {file}' })).toBe('Wrote $& {file}')
  })
})
