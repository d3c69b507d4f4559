import type { ReportBlockOf, ReportDocument, ReportFigure, ReportSection } from '../../shared/report/document'
import type { FontSet } from './fonts'
import { outlineText } from './render-png'
import { escapeXml } from './svg'

/** One page without scripts and without anything from elsewhere; the browser is told to refuse both. */
export function renderHtml(document: ReportDocument, fonts: FontSet): string {
  const { title, locale, header, sections, contentsTitle, footer, paper } = document
  const policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
  const contents = sections.map(({ title: words }, index) => `<li><a href="#section-${index}">${text(words)}</a></li>`)
  const [first, ...others] = sections.map((section, index) => sectionOf(section, index, fonts))
  const logo = header.logo === undefined ? '' : `<img class="logo" alt="" src="${pngUri(header.logo.png)}">`
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(title)}</title>
<style>${styles(paper === 'letter' ? 'letter' : 'A4')}</style>
</head>
<body>
<header>${logo}<span class="plant">${text(header.plant)}</span><span class="title">${text(title)}</span></header>
<main>
${first}
<nav><h2>${text(contentsTitle)}</h2><ol>${contents.join('')}</ol></nav>
${others.join('\n')}
</main>
<footer>${text(footer)}</footer>
</body>
</html>
`
}

/** Line ends stay: the analyst may have written paragraphs. */
function text(words: string): string {
  return escapeXml(words).replace(/\r\n?|\n/g, '<br>')
}

function pngUri(png: Uint8Array): string {
  return `data:image/png;base64,${Buffer.from(png).toString('base64')}`
}

function sectionOf({ title, startsPage, blocks }: ReportSection, index: number, fonts: FontSet): string {
  const inner = blocks.map((block) => blockOf(block, fonts)).join('\n')
  const page = startsPage ? ' class="new-page"' : ''
  return `<section id="section-${index}"${page}>\n<h1>${text(title)}</h1>\n${inner}\n</section>`
}

function blockOf(block: ReportBlockOf, fonts: FontSet): string {
  switch (block.kind) {
    case 'subheading':
      return `<h2>${text(block.text)}</h2>`
    case 'paragraph': {
      const lead = block.lead === undefined ? '' : `<strong>${text(block.lead)}</strong> `
      return `<p${block.isNote ? ' class="note"' : ''}>${lead}${text(block.text)}</p>`
    }
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${text(item)}</li>`).join('')}</ul>`
    case 'facts': {
      const items = block.items.map(({ label, value, note }) => {
        const small = note === undefined ? '' : `<small>${text(note)}</small>`
        return `<div><dt>${text(label)}</dt><dd>${text(value)}${small}</dd></div>`
      })
      return `<dl class="${block.look}">${items.join('')}</dl>`
    }
    case 'banner': {
      const { tone, word, sentence, number } = block
      const figure =
        number === undefined
          ? ''
          : `<span class="number"><b>${text(number.value)}</b><small>${text(number.label)}</small></span>`
      return `<div class="banner ${tone}"><span class="word">${text(word)}</span><span class="sentence">${text(sentence)}</span>${figure}</div>`
    }
    case 'table': {
      const kind = (index: number): string => (block.columns[index].isNumber ? ' class="number"' : '')
      const head = block.columns.map(({ title }, index) => `<th scope="col"${kind(index)}>${text(title)}</th>`)
      const rows = block.rows.map(
        (row) => `<tr>${row.map((cell, index) => `<td${kind(index)}>${text(cell)}</td>`).join('')}</tr>`,
      )
      return `<table><caption>${text(block.caption)}</caption><thead><tr>${head.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`
    }
    case 'figure':
      return figureOf(block, fonts)
  }
}

/** As an image: nothing in it can run or reach out, and its letters are outlines, the same on every machine. */
function figureOf({ id, svg, alt, caption, widthPx, heightPx }: ReportFigure, fonts: FontSet): string {
  const uri = `data:image/svg+xml;base64,${Buffer.from(outlineText(svg, fonts)).toString('base64')}`
  return `<figure id="${id}"><img src="${uri}" width="${widthPx}" height="${heightPx}" alt="${text(alt)}"><figcaption>${text(caption)}</figcaption></figure>`
}

function styles(paper: string): string {
  return `
@page{size:${paper};margin:18mm}
*{box-sizing:border-box}
body{margin:0;font:15px/1.5 "Noto Sans SC","Noto Sans CJK SC","Microsoft YaHei","PingFang SC","Segoe UI",Arial,sans-serif;color:#1b1f24;background:#fff;overflow-wrap:anywhere}
header,main,footer{max-width:1000px;margin:0 auto;padding:12px 20px}
header{display:flex;align-items:center;gap:14px;border-bottom:1px solid #c3c9d0;color:#57606a}
.logo{height:36px;max-width:240px;object-fit:contain}.plant{font-weight:700}.title{margin-left:auto}
footer{border-top:1px solid #c3c9d0;color:#57606a;font-size:13px}
h1{font-size:24px;margin:28px 0 14px}h2{font-size:17px;margin:22px 0 8px}
.note,figcaption,small{color:#57606a;font-size:13px}small{display:block}
dl{margin:12px 0}dl div{display:grid;grid-template-columns:170px 1fr;gap:14px;padding:4px 0}
dt{color:#57606a}dd{margin:0}
dl.columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(380px,1fr));column-gap:24px}
dl.columns div{grid-template-columns:140px 1fr}
dl.boxed{border:1px solid #c3c9d0;padding:10px 16px}dl.boxed dt{color:inherit;font-weight:700}
.banner{display:flex;align-items:center;gap:24px;color:#fff;border-radius:6px;padding:18px 22px;margin:18px 0;break-inside:avoid}
.banner.fault{background:#a1231a}.banner.healthy{background:#14568f}.banner.uncertain{background:#8a5a00}.banner.unknown{background:#57606a}
.banner .word{font-size:32px;font-weight:700;white-space:nowrap}.banner .sentence{font-size:18px;font-weight:700;flex:1}
.banner .number{text-align:right}.banner .number b{font-size:30px;white-space:nowrap}.banner small{color:#fff}
table{border-collapse:collapse;width:100%;margin:16px 0;font-size:14px;border-top:2px solid;border-bottom:2px solid}
caption{text-align:left;font-weight:700;padding:4px 0}
th,td{text-align:left;vertical-align:top;padding:4px 8px}thead{border-bottom:1px solid}td.number,th.number{text-align:right}
figure{margin:18px 0;break-inside:avoid}figure img{width:100%;height:auto;display:block}
nav ol{padding-left:22px}a{color:#14568f}
@media print{header,main,footer{max-width:none;padding:0}.new-page{break-before:page}.banner{print-color-adjust:exact}}
`
}
