import { mount, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import type { Component } from 'vue'
import { createMessages } from '../../src/renderer/services/i18n'
import { servicesKey, type Services } from '../../src/renderer/services/services'
import type { Locale } from '../../src/shared/locales/translate'

/** A component on the page, with the stores over the given engine. */
export function mountPanel(component: Component, services: Services, locale: Locale = 'en'): VueWrapper {
  return mount(component, {
    attachTo: document.body,
    global: { plugins: [createPinia(), createMessages(locale)], provide: { [servicesKey]: services } },
  })
}
