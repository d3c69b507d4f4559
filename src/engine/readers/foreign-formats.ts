import { isHdf5At } from './mat-v73'

interface ForeignFormat {
  readonly name: string
  matches(head: Uint8Array): boolean
}

const startsWith = (text: string, offset = 0): ForeignFormat['matches'] => {
  return (head) => head.length >= offset + text.length && textAt(head, offset, text.length) === text
}

/** Formats that we know by their first bytes and don't read. */
const foreignFormats: readonly ForeignFormat[] = [
  { name: 'a TDMS file (LabVIEW)', matches: startsWith('TDSm') },
  { name: 'a TDMS index file (LabVIEW)', matches: startsWith('TDSh') },
  {
    name: 'a universal file (UFF)',
    matches: (head) =>
      /^ {4}-1\s*\r?\n +(15|18|30|55|56|58b?|82|15[0-9]|164|1858|2[34]\d\d)\s/.test(textAt(head, 0, 40)),
  },
  { name: 'a Parquet file', matches: startsWith('PAR1') },
  { name: 'a LabVIEW measurement file (LVM)', matches: startsWith('LabVIEW Measurement') },
  {
    name: 'an HDF5 file that MATLAB did not write',
    matches: (head) => [0, 512, 1024, 2048].some((at) => isHdf5At(head, at)),
  },
  {
    name: 'an MP3 file',
    matches: (head) => startsWith('ID3')(head) || (head[0] === 0xff && (head[1] & 0xe6) === 0xe2),
  },
  { name: 'a FLAC file', matches: startsWith('fLaC') },
  { name: 'an Ogg file', matches: startsWith('OggS') },
  { name: 'an AIFF file', matches: (head) => startsWith('FORM')(head) && startsWith('AIF', 8)(head) },
  { name: 'a Sony Wave64 file', matches: startsWith('riff') },
  { name: 'an AVI or other RIFF file', matches: (head) => startsWith('RIFF')(head) || startsWith('RIFX')(head) },
  { name: 'an MP4 or M4A file', matches: startsWith('ftyp', 4) },
  { name: 'an ASAM MDF file', matches: (head) => startsWith('MDF ')(head) || startsWith('UnFinMF')(head) },
  { name: 'an imc FAMOS file', matches: startsWith('|CF,') },
  { name: 'a PDF document', matches: startsWith('%PDF') },
  { name: 'a PNG picture', matches: startsWith('\x89PNG') },
  { name: 'a JPEG picture', matches: (head) => head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff },
  { name: 'a 7z archive', matches: startsWith("7z\xbc\xaf'\x1c") },
  { name: 'a RAR archive', matches: startsWith('Rar!') },
  { name: 'an xz archive', matches: startsWith('\xfd7zXZ') },
  { name: 'a bzip2 archive', matches: startsWith('BZh') },
  { name: 'a zstd archive', matches: startsWith('\x28\xb5\x2f\xfd') },
  { name: 'an old Excel workbook (or another OLE file)', matches: startsWith('\xd0\xcf\x11\xe0') },
  { name: 'an SQLite database', matches: startsWith('SQLite format 3') },
  {
    name: 'a Python pickle',
    matches: (head) =>
      head[0] === 0x80 && head[1] >= 2 && head[1] <= 5 && (head[2] === 0x95 || head[2] === 0x7d || head[2] === 0x63),
  },
]

/** 'a TDMS file (LabVIEW)' …, or undefined. `head` holds the first bytes of the file. */
export function nameForeignFormat(head: Uint8Array): string | undefined {
  return foreignFormats.find((format) => format.matches(head))?.name
}

function textAt(head: Uint8Array, start: number, length: number): string {
  return String.fromCharCode(...head.subarray(start, start + length))
}
