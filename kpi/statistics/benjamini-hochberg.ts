/**
 * Adjusts p values of many tests at once: of those at or below q, the expected share of false alarms is at most q.
 *
 *     adjusted p_(k) = min over j ≥ k of  m p_(j) / j,  at most 1
 *
 * Source: Y. Benjamini, Y. Hochberg, J. R. Statist. Soc. B 57 (1995), 289–300.
 *
 * @returns adjusted values in the order of the given ones
 */
export function benjaminiHochberg(ps: readonly number[]): number[] {
  const falling = ps.map((_p, at) => at).sort((one, other) => ps[other]! - ps[one]!)
  const adjusted = new Array<number>(ps.length)
  let least = 1
  falling.forEach((at, place) => {
    const rank = ps.length - place
    least = Math.min(least, ps[at]! * (ps.length / rank))
    adjusted[at] = least
  })
  return adjusted
}
