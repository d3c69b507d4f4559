import { readFile, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { AnalyzerError } from '../../shared/errors'
import type { ReportTemplate } from '../../shared/report/inputs'
import { templateFileSchema } from '../../shared/report/inputs'
import { harmlessLogo } from './harmless-logo'

const largestTemplateBytes = 1_000_000
const largestLogoBytes = 5_000_000

/** @throws AnalyzerError unreadable-file, or bad-request with the field that is not as expected */
export async function readTemplate(path: string): Promise<ReportTemplate> {
  const text = (await readSmall(path, largestTemplateBytes, 'template')).toString('utf8')
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch (cause) {
    throw new AnalyzerError('bad-request', `The report template "${path}" is not JSON.`, { path }, { cause })
  }
  const parsed = templateFileSchema.safeParse(raw)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const place = issue.path.join('.') || 'the file'
    throw new AnalyzerError(
      'bad-request',
      `The report template "${path}" is not valid at ${place}: ${issue.message}.`,
      {
        path,
      },
    )
  }
  const { plant, logo, title, footer, preface, closing, sections, paper } = parsed.data
  const drawn = logo === undefined ? undefined : await readLogo(path, logo)
  return { plant, logo: drawn, title, footer, preface, closing, sections, paper }
}

/** A file beside the template: a name with folders in it could point anywhere. */
async function readLogo(templatePath: string, name: string): Promise<string> {
  if (basename(name) !== name || name.includes('\\') || name === '..') {
    throw new AnalyzerError('bad-request', `The logo "${name}" must be the name of a file beside the template.`, {
      name,
    })
  }
  const bytes = await readSmall(join(dirname(templatePath), name), largestLogoBytes, 'logo')
  return `data:image/png;base64,${Buffer.from(harmlessLogo(bytes, name)).toString('base64')}`
}

async function readSmall(path: string, limit: number, what: string): Promise<Buffer> {
  try {
    const { size } = await stat(path)
    if (size <= limit) return await readFile(path)
  } catch (cause) {
    throw new AnalyzerError('unreadable-file', `The ${what} "${path}" cannot be read.`, { path }, { cause })
  }
  throw new AnalyzerError('bad-request', `The ${what} "${path}" is larger than ${limit} bytes.`, { path })
}
