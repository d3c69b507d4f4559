/** The worked examples of the mission (mission/cam-principles.md), computed, not copied: the page cannot drift. */
export const exampleWeights = [
  [0.5, 1.0, -0.2],
  [-0.3, 0.8, 0.4],
] as const
export const examplePooled = [2.0, 3.0, 1.0] as const
export const exampleMaps = [
  [
    [1, 2],
    [3, 4],
  ],
  [
    [2, 3],
    [4, 5],
  ],
  [
    [0, 1],
    [2, 3],
  ],
] as const

/** S_n = Σ_k W[n,k] · g_k */
export function exampleScores(): readonly number[] {
  return exampleWeights.map((weights) =>
    rounded(weights.reduce((sum, weight, k) => sum + weight * examplePooled[k], 0)),
  )
}

/** CAM_0(x, y) = Σ_k W[0,k] · f_k(x, y) */
export function exampleActivationMap(): readonly (readonly number[])[] {
  return [0, 1].map((row) =>
    [0, 1].map((column) =>
      rounded(exampleWeights[0].reduce((sum, weight, k) => sum + weight * exampleMaps[k][row][column], 0)),
    ),
  )
}

const rounded = (value: number): number => Number(value.toFixed(6))
