import type { enApp } from './en-app'

/** 程序窗口的中文文本。 */
export const zhCnApp: Readonly<Record<keyof typeof enApp, string>> = {
  'app.demo.open': '打开演示记录',
  'app.demo.name': '演示：合成机器',
  'panel.library': '记录',
  'panel.timeline': '时间轴',
  'panel.inspector': '详情',
  'panel.spectrum': '频谱',
}
