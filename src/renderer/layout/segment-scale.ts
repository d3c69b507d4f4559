/** The segment slider is logarithmic: from one receptive field to ten seconds. */
const mostSeconds = 10

/** @param position 0 … 1 */
export function secondsOfSlider(position: number, leastSeconds: number): number {
  return leastSeconds * (mostSeconds / leastSeconds) ** position
}

export function sliderOfSeconds(seconds: number, leastSeconds: number): number {
  return Math.log(seconds / leastSeconds) / Math.log(mostSeconds / leastSeconds)
}
