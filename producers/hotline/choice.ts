/** One of several, by their shares. */
import type { Randomness } from './randomness.ts'

export interface Choice<T> {
  readonly members: readonly T[]
  /** Upper end of each member's stretch of 0 to 1. */
  readonly until: readonly number[]
}

/** Shares need not sum to 1: they are weighed against each other. A member without one has the mean share. */
export function choiceOf<T>(members: readonly T[], shareOf: (member: T) => number | undefined): Choice<T> {
  const known = members.map(shareOf).filter((share) => share !== undefined)
  const meanShare = known.length === 0 ? 1 : known.reduce((sum, share) => sum + share, 0) / known.length
  const shares = members.map((member) => shareOf(member) ?? meanShare)
  const total = shares.reduce((sum, share) => sum + share, 0)
  let reached = 0
  return {
    members,
    until: shares.map((share) => {
      reached += share
      return reached / total
    }),
  }
}

export function choose<T>(choice: Choice<T>, random: Randomness): T {
  const drawn = random.uniform()
  const { until, members } = choice
  let index = 0
  while (index < until.length - 1 && until[index]! <= drawn) index += 1
  return members[index]!
}
