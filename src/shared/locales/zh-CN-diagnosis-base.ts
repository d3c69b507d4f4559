import type { enDiagnosisBase } from './en-diagnosis-base'

export const zhCnDiagnosisBase: Readonly<Record<keyof typeof enDiagnosisBase, string>> = {
  'kurtogram.title': '{file} 通道 {channel} 的谱峭度图',
  'kurtogram.best': '冲击性最强的频带:{low} 至 {high} Hz,峭度 {kurtosis}(无冲击的噪声为 0)',
  'kurtogram.no-band': '没有所要求宽度的频带。',
  'kurtogram.bandwidth': '频带宽度,Hz',
  'kurtogram.kurtosis': '峭度',

  'line.bpfo': '外圈 (BPFO)',
  'line.bpfi': '内圈 (BPFI)',
  'line.ball': '滚动体剥落 (2 × BSF)',
  'line.bsf': '滚动体自转 (BSF)',
  'line.ftf': '保持架 (FTF)',

  'bearing.own': '自有',
  'bearing.shipped': '随 VibraLens 提供',
  'bearing.estimate': '按 0.4 n 和 0.6 n 估计:只知道滚动体数',
  'bearing.lines-at': '{designation}({maker}),{rpm} 转/分',
  'bearing.source': '来源:{source}',
  'bearing.above-nyquist': '高于采样率的一半',

  'envelope.peaks': '通道 {channel}:{low} 至 {high} Hz 的包络,最高谱线',
  'envelope.band-kurtogram': '通道 {channel}:谱峭度图选取 {low} 至 {high} Hz',
  'envelope.peak': '{hz} Hz,高出周围 {height} dB',
  'envelope.no-peaks': '通道 {channel}:没有谱线高出周围 10 dB',

  'preparation.none': '原始信号',
  'preparation.cepstrum-whitening': '倒谱预白化',
  'preparation.discrete-random': '去除纯音(确定/随机分离)',

  'speed.estimated': '由信号估计:{rpm} 转/分,置信度 {confidence}',

  'severity.zone.A': 'A:新投运机器的水平',
  'severity.zone.B': 'B:可无限制长期运行',
  'severity.zone.C': 'C:不宜长期运行',
  'severity.zone.D': 'D:足以造成损坏',
  'severity.foundation.rigid': '刚性基础',
  'severity.foundation.flexible': '柔性基础',
  'severity.slow': '转速低于 600 转/分:标准此时从 2 Hz 起评定,本数值从 10 Hz 起。',

  'alarm.normal': '正常',
  'alarm.warning': '警告',
  'alarm.danger': '危险',
  'indicator.rms': '有效值',
  'indicator.peak': '峰值',
  'indicator.crestFactor': '峰值因子',
  'indicator.kurtosis': '峭度',
  'indicator.velocityRmsMmS': '速度有效值,10–1000 Hz',
}
