import type { enShell } from './en-shell'

export const zhCnShell: Readonly<Record<keyof typeof enShell, string>> = {
  'cli.serve.ready': 'VibraLens 已在下面的地址打开（仅限本机），按 Ctrl-C 结束：',
  'cli.serve.no-browser': '这里没有可以打开的浏览器，请自行打开该地址。',
}
