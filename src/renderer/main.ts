import { createApp } from 'vue'
import { EngineClient } from '../shared/contract/engine-client'
import App from './App.vue'
import { bridgeTransport } from './client/bridge-transport'

const { analyzer } = window
if (analyzer === undefined) throw new Error('This page runs inside VibraLens only.')
const client = new EngineClient(bridgeTransport(analyzer))
const locale = navigator.language.startsWith('zh') ? 'zh-CN' : 'en'
document.documentElement.lang = locale
createApp(App, { client, locale }).mount('#app')
