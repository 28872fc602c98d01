/** A window along its own time: by quarter-hour, or by hour where it lasts longer than a day. */
import type { LikePart } from '../../kpi/like-windows.ts'
import { boundariesOf } from '../../kpi/periods.ts'
import type { Range } from '../../kpi/range.ts'
import { type Counts, ratioOf } from '../../kpi/statistics/counts.ts'
import type { Zone } from '../../kpi/zone.ts'

export interface CoursePoint extends Counts {
  startAtMs: number
  endAtMs: number
  ratio: number | null
  /** Mean of the windows alike; `null` where there are none. */
  usualOfferedCount: number | null
  usualRatio: number | null
}

const DAY_MS = 86_400_000

/** @param likes of each part, those that are compared with */
export function coursePoints(
  zone: Zone,
  parts: readonly LikePart[],
  likes: readonly (readonly Range[])[],
  countsOf: (range: Range) => Counts,
): CoursePoint[] {
  const lengthMs = parts.at(-1)!.toAtMs - parts[0]!.fromAtMs
  const grain = lengthMs > DAY_MS ? 'hour' : 'cell'
  return parts.flatMap((part, place) => {
    const boundariesAtMs = boundariesOf(zone, part, grain)
    return boundariesAtMs.slice(0, -1).map((startAtMs, at) => {
      const endAtMs = boundariesAtMs[at + 1]!
      const counts = countsOf({ fromAtMs: startAtMs, toAtMs: endAtMs })
      const usual = likes[place]!.map(({ fromAtMs, toAtMs }) =>
        countsOf({
          fromAtMs: Math.min(fromAtMs + startAtMs - part.fromAtMs, toAtMs),
          toAtMs: Math.min(fromAtMs + endAtMs - part.fromAtMs, toAtMs),
        }),
      )
      const sum = usual.reduce(
        (total, like) => ({
          offeredCount: total.offeredCount + like.offeredCount,
          answeredCount: total.answeredCount + like.answeredCount,
        }),
        { offeredCount: 0, answeredCount: 0 },
      )
      return {
        startAtMs,
        endAtMs,
        offeredCount: counts.offeredCount,
        answeredCount: counts.answeredCount,
        ratio: ratioOf(counts),
        usualOfferedCount: usual.length === 0 ? null : sum.offeredCount / usual.length,
        usualRatio: ratioOf(sum),
      }
    })
  })
}
