/** What is done to the records of a capture before they are replayed into a scenario. */
import type { CalendarShift } from '../../kpi/shifted-days.ts'

export interface Transformation {
  /** Null: every record stays on its day. */
  shift: CalendarShift | null
  /** How many times as many callers come; 0 or more. */
  scale: number
  /** Seeds everything that is drawn: equal seeds, equal bytes. */
  seed: number
  /** Lines that are kept, by number; null for all. */
  lines: ReadonlySet<string> | null
  /** Regions that are kept, by code, '' for the unknown one; null for all. */
  regions: ReadonlySet<string> | null
  /** By line: how many times as many callers come, in addition to `scale`. */
  growth: ReadonlyMap<string, number>
}

export const UNCHANGED: Transformation = {
  shift: null,
  scale: 1,
  seed: 1,
  lines: null,
  regions: null,
  growth: new Map(),
}

/** Whether records are left as they are, byte by byte. */
export function isUnchanged({ shift, scale, lines, regions, growth }: Transformation): boolean {
  return shift === null && scale === 1 && lines === null && regions === null && growth.size === 0
}

/** How many times as many callers of a line come. */
export function factorOf({ scale, growth }: Transformation, line: string): number {
  return scale * (growth.get(line) ?? 1)
}
