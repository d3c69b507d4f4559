import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { PNG } from 'pngjs'
import { afterAll, describe, expect, it } from 'vitest'
import { harmlessLogo } from '../../../src/engine/reports/harmless-logo'
import { readTemplate } from '../../../src/engine/reports/read-template'

const folder = mkdtempSync(join(tmpdir(), 'vibralens-logo-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const svg = (inner: string, attributes = ''): Buffer =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="40" height="20"${attributes}>${inner}</svg>`,
  )
const green = '<rect width="40" height="20" fill="#00aa55"/>'

function middleOf(bytes: Uint8Array): number[] {
  const { data, width, height } = PNG.sync.read(Buffer.from(bytes))
  const place = (Math.floor(height / 2) * width + Math.floor(width / 2)) * 4
  return [...data.subarray(place, place + 4)]
}

/** A red picture beside the test: a logo that could refer to it would be red. */
function redFile(): string {
  const png = new PNG({ width: 40, height: 20 })
  for (let i = 0; i < png.data.length; i += 4) png.data.set([255, 0, 0, 255], i)
  const path = join(folder, 'red.png')
  writeFileSync(path, PNG.sync.write(png))
  return path
}

describe('a logo', () => {
  const red = redFile()

  it.each([
    ['a script', `${green}<script>alert(1)</script>`, ''],
    ['a script in CDATA', `<script type="text/javascript"><![CDATA[ </ script> alert(1) ]]></script>${green}`, ''],
    ['an event', green, ' onload="alert(1)"'],
    [
      'HTML inside',
      `${green}<foreignObject width="40" height="20"><body xmlns="http://www.w3.org/1999/xhtml">x</body></foreignObject>`,
      '',
    ],
    ['a file of the computer', `${green}<image href="${red}" width="40" height="20"/>`, ''],
    ['a file of the computer by xlink', `${green}<image xlink:href='file://${red}' width="40" height="20"/>`, ''],
    ['a picture of the network', `${green}<image href="http://example.invalid/x.png" width="40" height="20"/>`, ''],
    [
      'a style of the network',
      `<style>@import url("http://example.invalid/x.css"); rect { fill: #00aa55 }</style>${green}`,
      '',
    ],
  ])('with %s is drawn without it', (_, inner, attributes) => {
    const drawn = harmlessLogo(svg(inner, attributes), 'logo.svg')
    expect(middleOf(drawn)).toEqual([0, 0xaa, 0x55, 255])
    expect(Buffer.from(drawn).toString('latin1')).not.toMatch(/alert|example|file:/)
  })

  it('as a PNG keeps its pixels and loses everything else', () => {
    const png = new PNG({ width: 2, height: 1 })
    png.data.set([1, 2, 3, 255, 4, 5, 6, 255])
    const packed = PNG.sync.write(png)
    const end = packed.indexOf('IEND') - 4
    const content = Buffer.from('tEXtComment\0secret', 'latin1')
    const chunk = Buffer.alloc(content.length + 8)
    chunk.writeUInt32BE(content.length - 4, 0)
    chunk.set(content, 4)
    chunk.writeUInt32BE(crc32(content), content.length + 4)
    const withComment = Buffer.concat([packed.subarray(0, end), chunk, packed.subarray(end)])
    const clean = Buffer.from(harmlessLogo(withComment, 'a.png'))
    expect([...PNG.sync.read(clean).data]).toEqual([1, 2, 3, 255, 4, 5, 6, 255])
    expect(withComment.toString('latin1')).toContain('secret')
    expect(clean.toString('latin1')).not.toContain('secret')
  })

  it.each([
    ['neither PNG nor SVG', Buffer.from('GIF89a')],
    ['entities', Buffer.from('<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>')],
    ['not an SVG', Buffer.from('<svg')],
    ['not an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><rect></svg>')],
    ['damaged', Buffer.from('89504e470d0a1a0a0000000d494844520000000100000001080600000000000000', 'hex')],
    ['pixels', Buffer.from('89504e470d0a1a0a0000000d4948445200ffffff00ffffff080600000000000000', 'hex')],
  ])('with %s is refused in one sentence', (_, bytes) => {
    expect(() => harmlessLogo(bytes, 'bad.svg')).toThrow(expect.objectContaining({ code: 'bad-request' }) as Error)
  })
})

describe('a template file', () => {
  const write = (name: string, content: string | Uint8Array): string => {
    const path = join(folder, name)
    writeFileSync(path, content)
    return path
  }
  const schema = 'vibralens.report-template/1'

  it('gives texts, sections and paper, and its logo as pixels', async () => {
    write('logo.svg', svg(green))
    const template = await readTemplate(
      write(
        'good.json',
        JSON.stringify({ schema, plant: '东方 <b>', logo: 'logo.svg', sections: ['limits'], paper: 'letter' }),
      ),
    )
    expect(template).toMatchObject({ plant: '东方 <b>', sections: ['limits'], paper: 'letter' })
    const uri = template.logo ?? ''
    expect(middleOf(Buffer.from(uri.slice(uri.indexOf(',') + 1), 'base64'))).toEqual([0, 0xaa, 0x55, 255])
  })

  it.each([
    ['{', 'not JSON'],
    [JSON.stringify({ schema: 'other' }), 'not valid at schema'],
    [JSON.stringify({ schema, paper: 'a5' }), 'not valid at paper'],
    [JSON.stringify({ schema, logo: '../red.png' }), 'beside the template'],
    [JSON.stringify({ schema, logo: '/etc/passwd' }), 'beside the template'],
    [JSON.stringify({ schema, logo: '..' }), 'beside the template'],
    [JSON.stringify({ schema, colour: 'red' }), 'not valid'],
  ])('%s is refused: %s', async (text, sentence) => {
    await expect(readTemplate(write('bad.json', text))).rejects.toMatchObject({
      code: 'bad-request',
      message: expect.stringContaining(sentence) as string,
    })
  })

  it.each(['none.json', '.'])('%s cannot be read', async (name) => {
    await expect(readTemplate(join(folder, name))).rejects.toMatchObject({ code: 'unreadable-file' })
  })
})
