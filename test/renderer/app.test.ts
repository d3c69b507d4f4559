// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import App from '../../src/renderer/App.vue'
import { bridgeTransport } from '../../src/renderer/client/bridge-transport'
import type { AnalyzerBridge } from '../../src/shared/bridge'
import { EngineClient } from '../../src/shared/contract/engine-client'
import type { Reply } from '../../src/shared/contract/reply'
import { failure } from '../../src/shared/contract/reply'
import { buildResult } from '../builders/analysis-builder'

const result = buildResult({ verdict: 'fault', probabilities: [0.9, 0.94], durationSeconds: 2, segmentSeconds: 1 })

function bridgeOf(answers: Readonly<Record<string, Reply<unknown>>>) {
  const cancelled: number[] = []
  const bridge: AnalyzerBridge = {
    request: (_callId, name) => (name in answers ? Promise.resolve(answers[name]) : new Promise(() => undefined)),
    cancel: (callId) => void cancelled.push(callId),
    subscribe: () => () => undefined,
  }
  return { client: new EngineClient(bridgeTransport(bridge)), cancelled }
}
const started: Reply<unknown> = { ok: true, value: { jobId: 'job-1' } }

describe('the window', () => {
  it("shows the sample's verdict, through the contract", async () => {
    const value = { status: 'done', results: [result], pictureCount: 1 }
    const { client } = bridgeOf({ 'demo.create': started, 'analysis.result': { ok: true, value } })
    const window = mount(App, { props: { client, locale: 'zh-CN' } })
    expect(window.text()).toContain('正在分析')
    await flushPromises()
    expect(window.get('[data-verdict="fault"]').text()).toMatch(/故障[\s\S]*0\.92/)
  })

  it('says why there is none', async () => {
    const { client } = bridgeOf({ 'demo.create': failure('backend-unavailable', 'No backend works.') })
    const window = mount(App, { props: { client, locale: 'en' } })
    await flushPromises()
    expect(window.get('[role="alert"]').text()).toContain('No backend works.')
  })

  it('gives up its request when it closes', async () => {
    const { client, cancelled } = bridgeOf({ 'demo.create': started })
    const window = mount(App, { props: { client, locale: 'en' } })
    await flushPromises()
    window.unmount()
    expect(cancelled).toEqual([2])
  })
})
