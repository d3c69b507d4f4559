import { occupyMemory, type Kernels } from './load-kernels'

const valuesAt = 64
const valuesAtOnce = 16_384 // a multiple of 4

type Values = Float32Array

/** ln(value + floor) of each, floor ≥ 1e-37; error below 2e-7 and float32 rounding. */
export function fillLevels(kernels: Kernels, source: Values, target: Values, floor: number): void {
  inParts(kernels, source, target, (count) => kernels.toLevels(valuesAt, count, 1, floor))
}

/** ln(1 + value) of each, value ≥ −1, to a few units of float32's last place. */
export function fillLog1p(kernels: Kernels, source: Values, target: Values): void {
  inParts(kernels, source, target, (count) => kernels.toLog1p(valuesAt, count))
}

/** Through the memory of the kernels, four values a step. */
function inParts(kernels: Kernels, source: Values, target: Values, run: (fours: number) => void): void {
  occupyMemory(kernels, valuesAt + 4 * valuesAtOnce, fillLevels)
  const room = new Float32Array(kernels.memory.buffer, valuesAt, valuesAtOnce)
  for (let first = 0; first < source.length; first += valuesAtOnce) {
    const part = source.subarray(first, first + valuesAtOnce)
    room.set(part)
    run(Math.ceil(part.length / 4))
    target.set(part.length === valuesAtOnce ? room : room.subarray(0, part.length), first)
  }
}
