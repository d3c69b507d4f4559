import { crc32 } from 'node:zlib'
import { AnalyzerError } from '../../shared/errors'
import { sliceOfSource } from './byte-source'
import { createInflateBudget, inflateSource, type InflateBudget } from './inflate'
import type { NamedArray } from './named-arrays'
import { createNamedRecording } from './named-recording'
import { readNpyArray } from './npy-array'
import type { ByteSource, Notice, Reader, ReadOptions, Recording } from './recording'
import { locateMember, looksLikeZip, readZipDirectory, type ZipMember } from './zip-directory'

/** NumPy's .npz: a zip of .npy members, stored (read by range) or deflated (unpacked within a budget). */
export const npzReader: Reader = { format: 'npz', probe: looksLikeZip, open: openNpz }

const stored = 0
const deflated = 8
const mostMembers = 4096

async function openNpz(source: ByteSource, options: ReadOptions): Promise<Recording> {
  const directory = await readZipDirectory(source)
  const members = directory.filter(({ name }) => name.endsWith('.npy'))
  if (members.length === 0) throw notNpz(source.name, directory)
  if (members.length > mostMembers) {
    throw new AnalyzerError(
      'unsupported-format',
      `"${source.name}" holds ${members.length} arrays; at most ${mostMembers} are read.`,
      { name: source.name, members: members.length },
    )
  }
  const archive = new Archive(source)
  try {
    const { arrays, notices } = await archive.readArrays(members)
    return await createNamedRecording(source, 'npz', { arrays, notices, texts: new Map() }, options, () =>
      archive.close(),
    )
  } catch (error) {
    await archive.closeMembers()
    throw error
  }
}

class Archive {
  private readonly unpacked: ByteSource[] = []
  private readonly budget: InflateBudget = createInflateBudget()

  constructor(private readonly source: ByteSource) {}

  /** Arrays that aren't numbers are left out with a notice; damaged ones stop the reading. */
  async readArrays(
    members: readonly ZipMember[],
  ): Promise<{ readonly arrays: readonly NamedArray[]; readonly notices: readonly Notice[] }> {
    const arrays: NamedArray[] = []
    const notices: Notice[] = []
    for (const member of members) {
      try {
        arrays.push(await readNpyArray(await this.openMember(member), member.name.replace(/\.npy$/, '')))
      } catch (error) {
        if (!(error instanceof AnalyzerError && error.code === 'unsupported-format')) throw error
        notices.push({ code: 'skipped-variable', message: error.message })
      }
    }
    return { arrays, notices }
  }

  async closeMembers(): Promise<void> {
    for (const member of this.unpacked.splice(0)) await member.close()
  }

  async close(): Promise<void> {
    await this.closeMembers()
    await this.source.close()
  }

  private async openMember(member: ZipMember): Promise<ByteSource> {
    if (member.isEncrypted)
      throw new AnalyzerError('unsupported-format', `"${member.name}" is encrypted.`, { name: member.name })
    const range = await locateMember(this.source, member)
    if (member.method === stored) return sliceOfSource(this.source, member.name, range.start, range.end)
    if (member.method !== deflated) {
      throw new AnalyzerError(
        'unsupported-format',
        `"${member.name}" is packed with zip method ${member.method}; stored or deflated members were expected.`,
        { name: member.name, method: member.method },
      )
    }
    const { source, isTruncated } = await inflateSource(this.source, range, 'raw', member.name, this.budget)
    this.unpacked.push(source)
    if (isTruncated || source.size !== member.unpackedBytes || (await checksum(source)) !== member.crc32)
      throw damagedMember(member)
    return source
  }
}

async function checksum(source: ByteSource): Promise<number> {
  const blockBytes = 1 << 20
  let sum = 0
  for (let start = 0; start < source.size; start += blockBytes)
    sum = crc32(await source.read(start, start + blockBytes), sum)
  return sum
}

function damagedMember(member: ZipMember): AnalyzerError {
  return new AnalyzerError('unreadable-file', `"${member.name}" is damaged: its size or checksum is wrong.`, {
    name: member.name,
  })
}

function notNpz(name: string, directory: readonly ZipMember[]): AnalyzerError {
  const hasPart = (part: string): boolean => directory.some((member) => member.name.startsWith(part))
  const what = hasPart('xl/')
    ? 'an Excel workbook'
    : hasPart('word/')
      ? 'a Word document'
      : 'a zip archive without NumPy arrays'
  return new AnalyzerError(
    'unsupported-format',
    `"${name}" is ${what}; support for it is not there yet: export as CSV or WAV.`,
    { name },
  )
}
