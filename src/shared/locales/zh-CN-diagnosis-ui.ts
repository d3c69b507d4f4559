import type { enDiagnosisUi } from './en-diagnosis-ui'

/** 诊断面板之外的诊断显示的中文文本。 */
export const zhCnDiagnosisUi: Readonly<Record<keyof typeof enDiagnosisUi, string>> = {
  'diagnosis.comb-found': '{part}：实测 {frequency} Hz 及其倍频',
  'diagnosis.comb-expected': '{part}：预期 {frequency} Hz 及其倍频',
}
