import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { connect } from './client/connect'
import { createMessages } from './services/i18n'
import { servicesKey } from './services/services'
import './styles/main.css'

const services = await connect(window)
const app = createApp(App)
app.provide(servicesKey, services)
app.use(createPinia())
app.use(createMessages(navigator.language.startsWith('zh') ? 'zh-CN' : 'en'))
app.mount('#app')
