import type { enCasefile } from './en-casefile'

/** 窗口中标注、项目和报告对话框的中文文本。 */
export const zhCnCasefile: Readonly<Record<keyof typeof enCasefile, string>> = {
  'report-dialog.open': '报告…',
  'report-dialog.title': '标题',
  'report-dialog.heading': '报告',
  'report-dialog.format': '格式',
  'report-dialog.paper': '纸张',
  'report-dialog.language': '语言',
  'report-dialog.checks': '发送之前',
  'report-dialog.checks-none': '没有需要检查的内容。',
  'report-dialog.suggested': '留空：由报告按已知内容填写',
  'report-dialog.machine': '机器',
  'report-dialog.point': '测点',
  'report-dialog.analyst': '分析人员',
  'report-dialog.verdict': '一句话结论',
  'report-dialog.severity': '严重程度',
  'report-dialog.action': '处理措施',
  'report-dialog.deadline': '期限',
  'report-dialog.remarks': '备注',
  'report-dialog.preview': '报告预览',
  'report-dialog.saved': '已保存。',
  'report-dialog.again': '重新分析',
  'report-dialog.save': '保存报告',
  'report-dialog.sensitivity': '{recording}：您输入的灵敏度不用于报告；幅值与文件中一致。',
}
