/**
 * The largest product of 2, 3 and 5 up to `length`: transforms of such lengths take a few passes, those of a length with
 * a large prime factor several times as long and as much memory. At most 7 % shorter from 1000 on; 0 for 0.
 */
export function fastLengthUpTo(length: number): number {
  let best = 0
  for (let fives = 1; fives <= length; fives *= 5) {
    for (let threes = fives; threes <= length; threes *= 3) {
      const product = threes * 2 ** Math.floor(Math.log2(length / threes))
      if (product > best) best = product
    }
  }
  return best
}
