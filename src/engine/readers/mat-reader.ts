import { looksLikeMatV4, readMatV4 } from './mat-v4'
import { looksLikeMatV5, readMatV5 } from './mat-v5'
import { looksLikeMatV73, readMatV73 } from './mat-v73'
import { flattenVariables, type MatContent } from './mat-variables'
import { createNamedRecording } from './named-recording'
import type { ByteSource, Reader, ReadOptions, Recording } from './recording'

/** MATLAB level 4. */
export const matV4Reader: Reader = {
  format: 'mat-v4',
  probe: looksLikeMatV4,
  open: (source, options) => openMat('mat-v4', readMatV4, source, options),
}

/** MATLAB v5, v6 and v7 (compressed). */
export const matV5Reader: Reader = {
  format: 'mat-v5',
  probe: looksLikeMatV5,
  open: (source, options) => openMat('mat-v5', readMatV5, source, options),
}

/** MATLAB v7.3 (HDF5). */
export const matV73Reader: Reader = {
  format: 'mat-v7.3',
  probe: looksLikeMatV73,
  open: (source, options) => openMat('mat-v7.3', readMatV73, source, options),
}

async function openMat(
  format: string,
  readContent: (source: ByteSource) => Promise<MatContent>,
  source: ByteSource,
  options: ReadOptions,
): Promise<Recording> {
  const content = await readContent(source)
  try {
    return await createNamedRecording(source, format, flattenVariables(content), options, async () => {
      await content.release()
      await source.close()
    })
  } catch (error) {
    await content.release()
    throw error
  }
}
