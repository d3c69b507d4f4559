import { AnalyzerError } from '../../shared/errors'
import { emptyFileError, openFileSource } from './byte-source'
import { csvReader } from './csv-reader'
import { nameForeignFormat } from './foreign-formats'
import { looksLikeGzip, unpackGzip } from './gzip'
import { matV4Reader, matV5Reader, matV73Reader } from './mat-reader'
import { npyReader } from './npy-reader'
import { npzReader } from './npz-reader'
import type { ByteSource, Channel, Notice, Reader, ReadOptions, Recording } from './recording'
import { wavReader } from './wav-reader'

const headBytes = 4096
/** Text comes last: it is what is left when nothing else matches. */
const binaryReaders: readonly Reader[] = [wavReader, npyReader, npzReader, matV73Reader, matV5Reader, matV4Reader]

/**
 * Opens a recording of any format that is known; its content decides, not its name. Takes `source` over: it is closed
 * with the recording, or at once when opening fails. What the user says (rate, unit, speed) wins over the file.
 * Errors: bad-request for impossible options, unsupported-format, unreadable-file.
 */
export async function openRecording(source: ByteSource, options: ReadOptions): Promise<Recording> {
  try {
    checkOptions(options)
    const head = await source.read(0, headBytes)
    if (source.size === 0) throw emptyFileError(source.name)
    if (looksLikeGzip(head)) return await openPacked(source, options)
    return applyOverrides(await chooseReader(head, source.name).open(source, options), options)
  } catch (error) {
    await source.close()
    throw error
  }
}

/** As `openRecording`, from a path. Errors: also unreadable-file for a missing file, a folder, no permission. */
export async function openRecordingFile(path: string, options: ReadOptions): Promise<Recording> {
  return openRecording(await openFileSource(path), options)
}

async function openPacked(source: ByteSource, options: ReadOptions): Promise<Recording> {
  const { source: inner, notices } = await unpackGzip(source)
  try {
    const head = await inner.read(0, headBytes)
    if (inner.size === 0) throw emptyFileError(inner.name)
    if (looksLikeGzip(head)) {
      throw new AnalyzerError('unsupported-format', `"${source.name}" is gzip inside gzip; unpack it once.`, {
        name: source.name,
      })
    }
    const recording = applyOverrides(await chooseReader(head, inner.name).open(inner, options), options)
    const close = async (): Promise<void> => {
      await recording.close()
      await source.close()
    }
    return {
      ...recording,
      name: source.name,
      sizeBytes: source.size,
      notices: [...notices, ...recording.notices],
      close,
    }
  } catch (error) {
    await inner.close()
    throw error
  }
}

function chooseReader(head: Uint8Array, name: string): Reader {
  const reader = binaryReaders.find((candidate) => candidate.probe(head, name))
  if (reader !== undefined) return reader
  const foreign = nameForeignFormat(head)
  if (foreign !== undefined) {
    throw new AnalyzerError(
      'unsupported-format',
      `"${name}" is ${foreign}; support for it is not there yet: export as CSV or WAV.`,
      { name, content: foreign },
    )
  }
  if (csvReader.probe(head, name)) return csvReader
  throw new AnalyzerError(
    'unsupported-format',
    `"${name}" is of no known format; WAV, CSV or text, MATLAB, NPY or NPZ were expected.`,
    { name },
  )
}

function checkOptions({ sampleRateHz, shaftSpeedRpm, unit }: ReadOptions): void {
  if (sampleRateHz !== undefined && !(sampleRateHz > 0 && Number.isFinite(sampleRateHz))) {
    throw new AnalyzerError('bad-request', `The sample rate is ${sampleRateHz} Hz; a number above 0 was expected.`, {
      sampleRateHz,
    })
  }
  if (shaftSpeedRpm !== undefined && !(shaftSpeedRpm > 0 && Number.isFinite(shaftSpeedRpm))) {
    throw new AnalyzerError('bad-request', `The shaft speed is ${shaftSpeedRpm} rpm; a number above 0 was expected.`, {
      shaftSpeedRpm,
    })
  }
  if (unit?.trim() === '') throw new AnalyzerError('bad-request', 'The unit is empty; g, m/s2, mm/s or V was expected.')
}

/** What the user says replaces what the file says; a file that says otherwise is named in a notice. */
function applyOverrides(recording: Recording, options: ReadOptions): Recording {
  const { sampleRateHz, unit, shaftSpeedRpm } = options
  const overridden = new Set<string>()
  if (sampleRateHz !== undefined) overridden.add('sample rate')
  if (unit !== undefined) overridden.add('unit')
  if (shaftSpeedRpm !== undefined) overridden.add('shaft speed')
  if (overridden.size === 0) return recording
  const channels = recording.channels.map((channel) => ({
    ...channel,
    sampleRateHz: sampleRateHz ?? channel.sampleRateHz,
    unit: unit ?? channel.unit,
  }))
  const speed =
    shaftSpeedRpm === undefined ? recording.metadata.shaftSpeedRpm : ({ value: shaftSpeedRpm, origin: 'user' } as const)
  return {
    ...recording,
    channels,
    metadata: { ...recording.metadata, shaftSpeedRpm: speed },
    guesses: recording.guesses.filter(({ what }) => !overridden.has(what)),
    notices: [...recording.notices, ...contradictions(recording, options)],
  }
}

function contradictions(recording: Recording, { sampleRateHz, unit, shaftSpeedRpm }: ReadOptions): readonly Notice[] {
  const notices: Notice[] = []
  const add = (code: string, what: string, ofFile: string | undefined, ofUser: string | undefined): void => {
    if (ofFile === undefined || ofUser === undefined || ofFile === ofUser) return
    notices.push({ code, message: `The file says a ${what} of ${ofFile}; the user's ${ofUser} is used.` })
  }
  const other = (differs: (channel: Channel) => boolean): Channel | undefined => recording.channels.find(differs)
  const rate = other(
    (channel) => channel.sampleRateHz !== undefined && channel.sampleRateHz !== sampleRateHz,
  )?.sampleRateHz
  add('rate-overridden', 'sample rate', withUnit(rate, 'Hz'), withUnit(sampleRateHz, 'Hz'))
  add('unit-overridden', 'unit', other((channel) => channel.unit !== undefined && channel.unit !== unit)?.unit, unit)
  const speed = recording.metadata.shaftSpeedRpm
  add(
    'speed-overridden',
    'shaft speed',
    withUnit(speed?.origin === 'file' ? speed.value : undefined, 'rpm'),
    withUnit(shaftSpeedRpm, 'rpm'),
  )
  return notices
}

function withUnit(value: number | undefined, unit: string): string | undefined {
  return value === undefined ? undefined : `${value} ${unit}`
}
