import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { BearingEntry, BearingGeometry, ElementCountOnly } from '../../shared/diagnosis/bearing'
import { AnalyzerError } from '../../shared/errors'
import { findPackageRoot } from '../package-root'
import { checkGeometry } from './kinematics'

const word = z.string().trim().min(1).max(300)
const elementCount = z.int().min(1).max(10_000)

export const bearingEntrySchema = z.strictObject({
  id: word,
  designation: word,
  maker: word,
  source: word,
  geometry: z.union([
    z.strictObject({
      rollingElementCount: elementCount,
      ballDiameterMm: z.number(),
      pitchDiameterMm: z.number(),
      contactAngleDegrees: z.number(),
    }),
    z.strictObject({ rollingElementCount: elementCount }),
  ]),
})

const catalogueSchema = z.strictObject({
  schema: z.literal('vibralens.bearings/1'),
  bearings: z.array(bearingEntrySchema).min(1),
})

let shipped: readonly BearingEntry[] | undefined

/** The bearings that ship: each with maker and public source. Read once a process. */
export function listShippedBearings(): readonly BearingEntry[] {
  shipped ??= parseCatalogue(readFileSync(join(findPackageRoot(), 'resources', 'bearings.json'), 'utf8'))
  return shipped
}

function parseCatalogue(text: string): readonly BearingEntry[] {
  const { bearings } = catalogueSchema.parse(JSON.parse(text))
  for (const { geometry } of bearings) checkGeometry(geometry)
  return bearings
}

/**
 * An id, a designation ("6205-2RS", case and separators do not matter), or a geometry as text:
 * "n=9,d=7.94,D=39.04,angle=0", or "n=9" for estimates. The user's own bearings win over the shipped ones.
 * @throws AnalyzerError bad-request for an unknown name (near ones are named), a designation that several geometries
 * share, or a geometry that cannot be built
 */
export function findBearing(nameOrGeometry: string, userBearings: readonly BearingEntry[] = []): BearingEntry {
  const name = nameOrGeometry.trim()
  if (/^n\s*=/i.test(name)) return entryOfText(name)
  const known = [...userBearings, ...listShippedBearings()]
  const byId = known.find(({ id }) => id.toLowerCase() === name.toLowerCase())
  if (byId !== undefined) return byId
  for (const shelf of [userBearings, listShippedBearings()]) {
    const found = shelf.filter(({ designation }) => plain(designation) === plain(name))
    if (found.length === 1) return found[0]
    if (found.length > 1) throw ambiguous(name, found)
  }
  throw unknown(name, known)
}

/** @throws AnalyzerError bad-request where text is not "n=…,d=…,D=…,angle=…" or such a bearing cannot be built */
export function parseGeometry(text: string): BearingGeometry | ElementCountOnly {
  const values = new Map<string, number>()
  for (const part of text.split(/[,;]/)) {
    const match = /^\s*(n|d|D|angle)\s*=\s*([-+\d.eE]+)\s*$/.exec(part)
    if (match === null || values.has(match[1]) || !Number.isFinite(Number(match[2]))) throw badGeometry(text)
    values.set(match[1], Number(match[2]))
  }
  const rollingElementCount = values.get('n')
  const ballDiameterMm = values.get('d')
  const pitchDiameterMm = values.get('D')
  if (rollingElementCount === undefined) throw badGeometry(text)
  const hasNoMore = values.size === 1
  if (!hasNoMore && (ballDiameterMm === undefined || pitchDiameterMm === undefined)) throw badGeometry(text)
  const geometry =
    ballDiameterMm === undefined || pitchDiameterMm === undefined
      ? { rollingElementCount }
      : { rollingElementCount, ballDiameterMm, pitchDiameterMm, contactAngleDegrees: values.get('angle') ?? 0 }
  checkGeometry(geometry)
  return geometry
}

function entryOfText(text: string): BearingEntry {
  const geometry = parseGeometry(text)
  return { id: text, designation: text, maker: '–', source: 'entered', geometry }
}

function badGeometry(text: string): AnalyzerError {
  return new AnalyzerError(
    'bad-request',
    `"${text}" is not a bearing geometry; it must read like n=9,d=7.94,D=39.04,angle=0 (elements, ball and pitch diameter in mm, contact angle in degrees) or n=9.`,
  )
}

/** Letters and digits in lower case: "6205 2rs" is "6205-2RS". */
function plain(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}

function ambiguous(name: string, found: readonly BearingEntry[]): AnalyzerError {
  const choices = found.map(({ id, maker }) => `${id} (${maker})`).join(', ')
  return new AnalyzerError('bad-request', `"${name}" has several geometries, by maker; name one of them: ${choices}.`)
}

const mostNearNames = 4

function unknown(name: string, known: readonly BearingEntry[]): AnalyzerError {
  const near = known
    .map((entry) => ({ entry, distance: nearness(name, entry) }))
    .filter(({ distance }) => distance <= 0.5)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, mostNearNames)
    .map(({ entry }) => `${entry.designation} (${entry.id})`)
  const advice =
    near.length === 0
      ? 'list those there are with "vibralens bearings list", or give its geometry: n=9,d=7.94,D=39.04,angle=0'
      : `near it are ${near.join(', ')}; or give its geometry: n=9,d=7.94,D=39.04,angle=0`
  return new AnalyzerError('bad-request', `There is no bearing "${name}"; ${advice}.`)
}

/** 0 = one holds the other, else the edit distance as a share of the longer name. */
function nearness(name: string, { id, designation }: BearingEntry): number {
  const wanted = plain(name)
  return Math.min(
    ...[plain(id), plain(designation)].map((own) => {
      if (wanted.length >= 3 && (own.includes(wanted) || wanted.includes(own))) return 0
      return editDistance(wanted, own) / Math.max(wanted.length, own.length, 1)
    }),
  )
}

/** Levenshtein 1966. */
function editDistance(a: string, b: string): number {
  let before = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      row.push(Math.min(row[j - 1] + 1, before[j] + 1, before[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)))
    }
    before = row
  }
  return before[b.length]
}
