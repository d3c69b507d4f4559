import { AnalyzerError } from '../../shared/errors'
import { openFileSource } from '../readers/byte-source'
import { decodeText, detectEncoding } from '../readers/text-encoding'

const mostBytes = 100_000_000

/** A table or label track as text, whatever its encoding. @throws AnalyzerError unreadable-file */
export async function readAnnotationText(path: string): Promise<{ readonly text: string; readonly name: string }> {
  const source = await openFileSource(path)
  try {
    const { name, size } = source
    if (size > mostBytes) {
      throw new AnalyzerError(
        'unreadable-file',
        `"${name}" has ${size} bytes; annotations have at most ${mostBytes}.`,
        {
          name,
          size,
        },
      )
    }
    const bytes = await source.read(0, size)
    return { text: decodeText(bytes, detectEncoding(bytes), 0, bytes.length), name }
  } finally {
    await source.close()
  }
}
