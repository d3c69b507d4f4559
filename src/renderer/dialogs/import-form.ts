import type { TextPreview } from '../../shared/app/study'
import type { ReadOptionsInput } from '../stores/use-library-store'

/** What the import dialog holds; '' = find it out. */
export interface ImportForm {
  delimiter: string
  decimal: string
  encoding: string
  headerLines: string
  timeColumn: string
  sampleRateHz: string
  unit: string
}

export const emptyImportForm: ImportForm = {
  delimiter: '',
  decimal: '',
  encoding: '',
  headerLines: '',
  timeColumn: '',
  sampleRateHz: '',
  unit: '',
}

export const delimiters = [',', ';', '\t', ' ', '|'] as const
export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'windows-1252'] as const

/** Reading options of a form; what is left to be found out is left out. Numbers that are none are left out, too. */
export function readImportForm(form: ImportForm): ReadOptionsInput {
  const rate = Number(form.sampleRateHz.replace(',', '.'))
  const headerLines = Number(form.headerLines)
  const text = {
    ...(form.delimiter === '' ? {} : { delimiter: form.delimiter }),
    ...(form.decimal === '.' || form.decimal === ',' ? { decimal: form.decimal as '.' | ',' } : {}),
    ...(form.encoding === '' ? {} : { encoding: form.encoding }),
    ...(form.headerLines.trim() === '' || !Number.isInteger(headerLines) || headerLines < 0 ? {} : { headerLines }),
    ...(form.timeColumn === '' ? {} : { timeColumn: form.timeColumn === 'none' ? 'none' : Number(form.timeColumn) }),
  }
  return {
    ...(Object.keys(text).length === 0 ? {} : { text }),
    ...(rate > 0 && Number.isFinite(rate) ? { sampleRateHz: rate } : {}),
    ...(form.unit.trim() === '' ? {} : { unit: form.unit.trim() }),
  }
}

/** The layout as it was read, to be remembered whole: later files of it are read the same, whatever they hold. */
export function layoutOf({ delimiter, decimal, encoding, headerLines, timeColumn }: TextPreview) {
  return { delimiter, decimal, encoding, headerLines, timeColumn: timeColumn ?? 'none' }
}
