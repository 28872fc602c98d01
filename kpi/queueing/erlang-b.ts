/**
 * Erlang B: the share of calls that find all seats taken and are lost, where nobody waits.
 *
 *     B(0) = 1,   B(k) = aB(k − 1) / (k + aB(k − 1))
 *
 * Source: A. K. Erlang 1917; the recursion keeps every step between 0 and 1, so no factorial overflows.
 *
 * @param offeredErlang arrival rate times mean handling time, Erlang, 0 or more
 * @param seatsCount whole, 0 or more
 * @returns a ratio from 0 to 1
 */
export function erlangB(offeredErlang: number, seatsCount: number): number {
  let blocking = 1
  for (let seats = 1; seats <= seatsCount; seats += 1) {
    blocking = (offeredErlang * blocking) / (seats + offeredErlang * blocking)
  }
  return blocking
}

/**
 * The load that a number of seats carries at a blocking, Erlang: the inverse of `erlangB` in its first argument.
 *
 * @param blockingRatio strictly between 0 and 1
 * @param seatsCount 1 or more
 */
export function loadAtBlocking(blockingRatio: number, seatsCount: number): number {
  let low = 0
  let high = 1
  while (erlangB(high, seatsCount) < blockingRatio) high *= 2
  for (let step = 0; step < 100; step += 1) {
    const middle = (low + high) / 2
    if (erlangB(middle, seatsCount) < blockingRatio) low = middle
    else high = middle
  }
  return (low + high) / 2
}
