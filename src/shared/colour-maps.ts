/**
 * Colours for levels and for signed evidence, even to the eye: steps are equal in OKLab (Ottosson 2020,
 * bottosson.github.io/posts/oklab), so equal differences of the value look equal.
 */
export type Rgb = readonly [number, number, number]
type Lab = readonly [number, number, number]

const neutral: Lab = [0.975, 0, 0]
const faultEnd: Lab = [0.46, 0.165, 0.085] // deep red
const healthyEnd: Lab = [0.46, -0.04, -0.135] // deep blue
const weakest: Lab = [0.985, 0, 0]
const strongest: Lab = [0.3, -0.005, -0.025] // dark slate: colour is left to the evidence over it

// On paper, and copied without colour: the fault end is the darker one, so that the two can be told apart.
const printFaultEnd: Lab = [0.4, 0.15, 0.075]
const printHealthyEnd: Lab = [0.66, -0.055, -0.125]

const stepCount = 256

const levelTable = table((t) => mix(weakest, strongest, t))
const evidenceTable = divergingTable(healthyEnd, faultEnd)
const printTable = divergingTable(printHealthyEnd, printFaultEnd)

/** `t` in [0, 1]: white (weak) to dark (strong); beyond, the end colours. */
export function levelColour(t: number): Rgb {
  return pick(levelTable, t)
}

/** Red pushes to fault, blue to healthy; the colours end at ± scale. */
export function evidenceColour(evidence: number, scale: number): Rgb {
  return pick(evidenceTable, 0.5 + evidence / (2 * scale))
}

/** The same on paper: the fault end is darker than the healthy end. */
export function printEvidenceColour(evidence: number, scale: number): Rgb {
  return pick(printTable, 0.5 + evidence / (2 * scale))
}

/** For the map over a spectrogram: the end colour with an opacity that grows evenly with |evidence| up to the scale. */
export function evidenceOverlay(evidence: number, scale: number): { readonly colour: Rgb; readonly opacity: number } {
  const strength = Math.min(1, Math.abs(evidence) / scale)
  return { colour: pick(evidenceTable, evidence < 0 ? 0 : 1), opacity: overlayOpacity * strength }
}
const overlayOpacity = 0.85

export function cssColour(colour: Rgb): string {
  return `rgb(${colour[0]},${colour[1]},${colour[2]})`
}

function pick(colours: readonly Rgb[], t: number): Rgb {
  return colours[Math.max(0, Math.min(stepCount - 1, Math.round(t * (stepCount - 1))))]
}

function table(at: (t: number) => Lab): readonly Rgb[] {
  return Array.from({ length: stepCount }, (_, i) => toRgb(at(i / (stepCount - 1))))
}

function divergingTable(low: Lab, high: Lab): readonly Rgb[] {
  return table((t) => (t < 0.5 ? mix(low, neutral, 2 * t) : mix(neutral, high, 2 * t - 1)))
}

function mix(from: Lab, to: Lab, t: number): Lab {
  return [from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t, from[2] + (to[2] - from[2]) * t]
}

/** OKLab → linear sRGB → sRGB bytes; matrices of the source above. */
function toRgb([lightness, a, b]: Lab): Rgb {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    toByte(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    toByte(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    toByte(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ]
}

function toByte(linear: number): number {
  const value = Math.max(0, Math.min(1, linear))
  return Math.round(255 * (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055))
}

export type { Lab }
export { mix, toRgb }
