/**
 * Pairs two rising lists of numbers in order, as many pairs as the shorter has, so that the distances add up to the
 * least there is (an alignment by dynamic programming).
 *
 * @returns index in `wanted` and index in `offered`, rising
 */
export function nearestInOrder(wanted: readonly number[], offered: readonly number[]): [number, number][] {
  if (wanted.length > offered.length) {
    return nearestInOrder(offered, wanted).map(([offeredAt, wantedAt]) => [wantedAt, offeredAt])
  }
  const width = offered.length + 1
  // least[w * width + o]: least sum for the first w wanted among the first o offered.
  const least = new Float64Array((wanted.length + 1) * width).fill(Number.POSITIVE_INFINITY)
  least.fill(0, 0, width)
  for (let w = 1; w <= wanted.length; w += 1) {
    for (let o = w; o <= offered.length; o += 1) {
      const paired = least[(w - 1) * width + o - 1]! + Math.abs(wanted[w - 1]! - offered[o - 1]!)
      least[w * width + o] = Math.min(least[w * width + o - 1]!, paired)
    }
  }
  const pairs: [number, number][] = []
  for (let w = wanted.length, o = offered.length; w > 0; o -= 1) {
    if (least[w * width + o] === least[w * width + o - 1]) continue // this one is left to nobody
    pairs.push([w - 1, o - 1])
    w -= 1
  }
  return pairs.reverse()
}
