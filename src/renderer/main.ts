import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { translate } from '../shared/locales/translate'
import { connect, ConnectError } from './client/connect'
import { createMessages } from './services/i18n'
import { servicesKey } from './services/services'
import './styles/main.css'

const locale = navigator.language.startsWith('zh') ? 'zh-CN' : 'en'

try {
  const services = await connect(window)
  const app = createApp(App)
  app.provide(servicesKey, services)
  app.use(createPinia())
  app.use(createMessages(locale))
  app.mount('#app')
} catch (error) {
  if (!(error instanceof ConnectError)) throw error
  const words = document.createElement('p')
  words.role = 'alert'
  words.className = 'm-8 text-base'
  words.textContent = translate(locale, error.reason, {})
  document.body.replaceChildren(words)
}
