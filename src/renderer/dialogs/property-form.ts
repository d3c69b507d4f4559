import type { PropertyValue, RecordingProperties } from '../../shared/app/study'
import type { MessageKey } from '../../shared/locales/translate'
import type { PropertyChanges } from '../stores/use-library-store'

export const propertyNames = [
  'sampleRateHz',
  'unit',
  'sensitivity',
  'shaftSpeedRpm',
  'machine',
  'point',
  'direction',
] as const
export type PropertyName = (typeof propertyNames)[number]
const numeric: readonly PropertyName[] = ['sampleRateHz', 'sensitivity', 'shaftSpeedRpm']

export type PropertyTexts = Record<PropertyName, string>

export function textsOf(properties: RecordingProperties): PropertyTexts {
  const text = ({ value }: PropertyValue<string | number>): string => (value === null ? '' : String(value))
  return Object.fromEntries(propertyNames.map((name) => [name, text(properties[name])])) as PropertyTexts
}

export interface ReadForm {
  readonly changes: PropertyChanges
  /** Fields whose text is no positive number. */
  readonly wrong: ReadonlyMap<PropertyName, MessageKey>
}

/** What differs from the recording; an emptied field goes back to what the file says. A decimal comma is understood. */
export function readForm(texts: PropertyTexts, properties: RecordingProperties): ReadForm {
  const before = textsOf(properties)
  const changes: Record<string, number | string | null> = {}
  const wrong = new Map<PropertyName, MessageKey>()
  for (const name of propertyNames) {
    const text = texts[name].trim()
    if (text === before[name]) continue
    if (text === '') changes[name] = null
    else if (!numeric.includes(name)) changes[name] = text
    else {
      const value = Number(text.replace(',', '.'))
      if (value > 0 && Number.isFinite(value)) changes[name] = value
      else wrong.set(name, 'properties.number-wrong')
    }
  }
  return { changes, wrong }
}
