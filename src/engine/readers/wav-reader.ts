import { AnalyzerError } from '../../shared/errors'
import { createArrayChannel } from './array-channel'
import { packedItems } from './packed-items'
import type { ByteSource, Channel, Guess, Notice, Reader, Recording, RecordingMetadata } from './recording'
import { looksLikeWav, readWavLayout, textOf, type WavLayout } from './wav-chunks'
import { parseWavFormat, type WavFormat } from './wav-format'

/**
 * WAV, BWF, RF64, BW64, RIFX: 8 to 32-bit integer and 32, 64-bit float samples, any channel count. Opening reads the
 * chunk headers only, a range its bytes only.
 */
export const wavReader: Reader = { format: 'wav', probe: looksLikeWav, open: openWav }

async function openWav(source: ByteSource): Promise<Recording> {
  const layout = await readWavLayout(source)
  const format = parseWavFormat(layout.format, layout.isLittleEndian, source.name)
  const sampleCount = Math.floor(layout.dataBytes / format.blockBytes)
  if (sampleCount === 0) {
    throw new AnalyzerError(
      'unreadable-file',
      `"${source.name}" holds no samples: ${layout.dataBytes} bytes of data, ${format.blockBytes} make one sample.`,
      { name: source.name, dataBytes: layout.dataBytes, blockBytes: format.blockBytes },
    )
  }
  return {
    id: source.name,
    name: source.name,
    format: 'wav',
    sizeBytes: source.size,
    channels: createChannels(source, layout, format, sampleCount),
    metadata: describeWav(layout, format),
    notices: [...layout.notices, ...formatNotices(layout, format)],
    guesses: format.scale === 1 ? [] : [fullScaleGuess(format)],
    close: () => source.close(),
  }
}

function createChannels(
  source: ByteSource,
  layout: WavLayout,
  format: WavFormat,
  sampleCount: number,
): readonly Channel[] {
  const { channelCount, type, bias, scale } = format
  const items = packedItems(source, {
    offset: layout.dataStart,
    type,
    isLittleEndian: layout.isLittleEndian,
    itemCount: sampleCount * channelCount,
  })
  const sampleRateHz = format.sampleRateHz > 0 ? format.sampleRateHz : undefined
  return Array.from({ length: channelCount }, (_, index) =>
    createArrayChannel({
      name: `channel ${index + 1}`,
      unit: undefined,
      sampleRateHz,
      items,
      first: index,
      stride: channelCount,
      sampleCount,
      bias,
      scale,
    }),
  )
}

function formatNotices(layout: WavLayout, format: WavFormat): readonly Notice[] {
  const notices: Notice[] = []
  const rest = layout.dataBytes % format.blockBytes
  if (rest > 0) {
    const message = `The last ${rest} bytes are less than one sample of all channels (${format.blockBytes} bytes) and are left out.`
    notices.push({ code: 'partial-sample', message })
  }
  if (format.sampleRateHz === 0)
    notices.push({ code: 'no-sample-rate', message: 'The header says a sample rate of 0 Hz.' })
  return notices
}

function fullScaleGuess(format: WavFormat): Guess {
  return {
    what: 'full scale',
    value: '±1',
    reason: `WAV stores ${format.encoding} samples as parts of full scale and names no unit`,
    flag: '--unit',
  }
}

function describeWav(layout: WavLayout, format: WavFormat): RecordingMetadata {
  const properties: Record<string, string> = { container: layout.container, encoding: format.encoding }
  const broadcast = layout.broadcast
  if (broadcast === undefined) return { properties }
  // EBU Tech 3285: description 256 bytes, originator 32, reference 32, date 10, time 8
  const description = fieldOf(broadcast, 0, 256)
  const originator = fieldOf(broadcast, 256, 288)
  if (description !== '') properties.description = description
  if (originator !== '') properties.originator = originator
  return { properties, startTime: startTimeOf(fieldOf(broadcast, 320, 330), fieldOf(broadcast, 330, 338)) }
}

/** A text field of fixed length, up to its zero. */
function fieldOf(bytes: Uint8Array, start: number, end: number): string {
  return textOf(bytes, start, end)
    .replace(/\0.*$/s, '')
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
}

function startTimeOf(date: string, time: string): string | undefined {
  const text = `${date.replace(/[_:./ ]/g, '-')}T${time.replace(/[_\-./ ]/g, ':')}`
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}Z`)) ? text : undefined
}
