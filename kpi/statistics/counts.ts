/** Calls of one window: whole counts of 0 or more, `answeredCount` never above `offeredCount`. */
export interface Counts {
  offeredCount: number
  answeredCount: number
}

/** The connection rate of counts, 0 to 1; `null` when nobody called. */
export function ratioOf({ offeredCount, answeredCount }: Counts): number | null {
  return offeredCount === 0 ? null : answeredCount / offeredCount
}

/** What is left of the whole without one of its parts. */
export function restOf(part: Counts, whole: Counts): Counts {
  return {
    offeredCount: whole.offeredCount - part.offeredCount,
    answeredCount: whole.answeredCount - part.answeredCount,
  }
}
