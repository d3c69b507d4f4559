import { createHash } from 'node:crypto'
import {
  PDFArray,
  PDFContext,
  PDFDict,
  PDFDocument,
  PDFHeader,
  PDFHexString,
  PDFName,
  PDFRawStream,
  PDFRef,
  PDFWriter,
} from 'pdf-lib'
import type { PDFObject } from 'pdf-lib'

/**
 * Typst 0.13 writes the resources of an embedded SVG in the random order of a hash table, and numbers their objects so.
 * Here objects are numbered anew as they are reached from the root, names in alphabetical order: the same document
 * gives the same bytes. Contents of streams stay as they are. Its identity (a hash of the random bytes, in the trailer and
 * in the metadata, which say nothing more) becomes one of the settled bytes.
 */
export async function settlePdf(bytes: Uint8Array): Promise<Uint8Array> {
  const { context } = await PDFDocument.load(bytes, { updateMetadata: false })
  const settled = PDFContext.create()
  settled.header = PDFHeader.forVersion(1, 7)
  const numbered = new Map<PDFRef, PDFRef>()
  const reached: PDFRef[] = []
  const renumber = (ref: PDFRef): PDFRef => {
    const known = numbered.get(ref)
    if (known !== undefined) return known
    const next = settled.nextRef()
    numbered.set(ref, next)
    reached.push(ref)
    return next
  }
  const { Root, Info } = context.trailerInfo
  if (Root !== undefined) context.lookup(Root, PDFDict).delete(PDFName.of('Metadata'))
  settled.trailerInfo = {
    Root: Root && copyOf(Root, settled, renumber),
    Info: Info && copyOf(Info, settled, renumber),
  }
  // grows while it is read: what is copied reaches further objects
  for (const ref of reached) {
    const object = context.lookup(ref)
    if (object !== undefined) settled.assign(renumber(ref), copyOf(object, settled, renumber))
  }
  const write = () => PDFWriter.forContext(settled, Infinity).serializeToBuffer()
  const identity = PDFHexString.of(
    createHash('sha256')
      .update(await write())
      .digest('hex')
      .slice(0, 32),
  )
  settled.trailerInfo.ID = settled.obj([identity, identity])
  return write()
}

function copyOf(object: PDFObject, context: PDFContext, renumber: (ref: PDFRef) => PDFRef): PDFObject {
  if (object instanceof PDFRef) return renumber(object)
  if (object instanceof PDFArray) {
    const copy = PDFArray.withContext(context)
    for (const item of object.asArray()) copy.push(copyOf(item, context, renumber))
    return copy
  }
  if (object instanceof PDFRawStream) {
    return PDFRawStream.of(dictionaryOf(object.dict, context, renumber), object.contents)
  }
  return object instanceof PDFDict ? dictionaryOf(object, context, renumber) : object
}

function dictionaryOf(dictionary: PDFDict, context: PDFContext, renumber: (ref: PDFRef) => PDFRef): PDFDict {
  const copy = PDFDict.withContext(context)
  const entries = dictionary.entries().sort(([a], [b]) => (a.asString() < b.asString() ? -1 : 1))
  for (const [name, value] of entries) copy.set(name, copyOf(value, context, renumber))
  return copy
}
