/** How far the records of a day move when a period is shifted by the calendar. */
import { DAY_MS, type LocalDay } from '../../kpi/local-date.ts'
import type { ShiftedDays } from '../../kpi/shifted-days.ts'
import { instantOfLocal, localDayOf, localMsOf, type Zone } from '../../kpi/zone.ts'

export interface DayMoves {
  /** Of what began at an instant: how much later it begins, ms; null if its day is left out. */
  moveMsOf(bornAtMs: number): number | null
}

export const NO_MOVES: DayMoves = { moveMsOf: () => 0 }

/** The wall clock shows the same time on the new day, also where the offset from UTC is another. */
export function dayMoves(zone: Zone, { targets }: Pick<ShiftedDays, 'targets'>): DayMoves {
  return {
    moveMsOf(bornAtMs) {
      const day: LocalDay = localDayOf(zone, bornAtMs)
      const target = targets.get(day)
      if (target === undefined) return null
      return instantOfLocal(zone, localMsOf(zone, bornAtMs) + (target - day) * DAY_MS) - bornAtMs
    },
  }
}
