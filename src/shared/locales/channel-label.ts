import type { Translate } from './translate'

/** 'Channel X097_DE_time', but 'channel 1' where the name says already what it is. */
export function channelLabel(name: string, t: Translate): string {
  return /^(channel|ch\.?\s*\d|column|通道|列)/i.test(name) ? name : t('header.channel', { name })
}
