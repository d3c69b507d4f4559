/** The greatest measured value of several maps; 1 where there is none above 0, so that a scale has a length. */
export function greatestOf(maps: readonly Float32Array[]): number {
  let greatest = 0
  for (const values of maps) {
    for (const value of values) if (value > greatest) greatest = value
  }
  return greatest > 0 ? greatest : 1
}
