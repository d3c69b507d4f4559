import type { Random } from '../../src/shared/random'

function digits(random: Random, most: number): string {
  return Array.from({ length: random.integer(most + 1) }, () => random.integer(10)).join('')
}

/** A decimal number as programs write it, and as they should not: signs, many digits, exponents. */
export function randomNumberText(random: Random): string {
  const kind = random.integer(5)
  if (kind === 0) return String(Math.fround(random.normal() * 10 ** random.integer(12)))
  if (kind === 1) return String(random.normal() * 10 ** (random.integer(80) - 40))
  if (kind === 2) return (random.normal() * 10).toFixed(random.integer(20))
  const sign = ['', '-', '+'][random.integer(3)]
  const whole = digits(random, 12) || '0'
  const fraction = random.uniform() < 0.7 ? `.${digits(random, 25)}` : ''
  const exponent =
    random.uniform() < 0.4 ? `${'eE'[random.integer(2)]}${['', '-', '+'][random.integer(3)]}0${random.integer(50)}` : ''
  return sign + whole + fraction + exponent
}
