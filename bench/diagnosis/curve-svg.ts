import type { Curve } from './snr-curve'
import { snrsDb } from './snr-curve'

const width = 720
const height = 360
const left = 56
const right = 190
const top = 20
const bottom = 48
const colours = ['#1f5fa8', '#c2410c', '#15803d', '#7c3aed']

/** Share found against SNR; whole lines: envelope, dashed: beat of the evidence. */
export function curveSvg(curves: readonly Curve[]): string {
  const x = (snr: number): number => {
    const [first, last] = [snrsDb[0], snrsDb[snrsDb.length - 1]]
    return left + ((width - left - right) * (snr - first)) / (last - first)
  }
  const y = (share: number): number => top + (height - top - bottom) * (1 - share)
  const grid = [0, 0.25, 0.5, 0.75, 1].map(
    (share) =>
      `<line x1="${left}" x2="${width - right}" y1="${y(share)}" y2="${y(share)}" stroke="#ddd"/>` +
      `<text x="${left - 8}" y="${y(share) + 4}" text-anchor="end">${100 * share}</text>`,
  )
  const ticks = snrsDb.map(
    (snr) => `<text x="${x(snr)}" y="${height - bottom + 18}" text-anchor="middle">${snr}</text>`,
  )
  const drawn = curves.map(({ name, shares }, i) => {
    const colour = colours[Math.floor(i / 2) % colours.length]
    const dash = name.startsWith('beat') ? ' stroke-dasharray="6 4"' : ''
    const points = shares.map((share, k) => `${x(snrsDb[k]).toFixed(1)},${y(share).toFixed(1)}`).join(' ')
    const row = top + 16 + 22 * i
    return (
      `<polyline points="${points}" fill="none" stroke="${colour}" stroke-width="2"${dash}/>` +
      `<line x1="${width - right + 16}" x2="${width - right + 44}" y1="${row - 4}" y2="${row - 4}" stroke="${colour}" stroke-width="2"${dash}/>` +
      `<text x="${width - right + 52}" y="${row}">${name}</text>`
    )
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="13" fill="#333">`,
    `<rect width="${width}" height="${height}" fill="white"/>`,
    ...grid,
    ...ticks,
    ...drawn,
    `<text x="${(left + width - right) / 2}" y="${height - 8}" text-anchor="middle">power of the fault over all the rest, dB</text>`,
    `<text x="14" y="${height / 2}" text-anchor="middle" transform="rotate(-90 14 ${height / 2})">found right, % of machines</text>`,
    '</svg>',
    '',
  ].join('\n')
}
