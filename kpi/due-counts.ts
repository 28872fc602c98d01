/**
 * What the tickets due in a window add up to: by `due_at` alone, wherever they were accepted.
 *
 * The names are those of the array `due` in table `ticket_cells`, which holds them by the quarter-hour of `due_at`.
 */
import type { Ticket } from './ticket.ts'

export interface DueCounts {
  /** Due here, neither VOID nor WITHDRAWN. */
  due: number
  /** Of these, closed, whenever that was. */
  closed: number
  /** Of these, closed at or before `due_at`. CLOSED without an instant of closing is not on time. */
  on_time: number
}

export const NOTHING_DUE: Readonly<DueCounts> = Object.freeze({ due: 0, closed: 0, on_time: 0 })

export function addDueCounts(one: DueCounts, other: DueCounts): DueCounts {
  return { due: one.due + other.due, closed: one.closed + other.closed, on_time: one.on_time + other.on_time }
}

/** What one winning ticket adds to the quarter-hour of its `due_at`: nothing if it has none. */
export function countDue(ticket: Ticket): DueCounts {
  if (ticket.dueAtMs === null || ticket.status === 'VOID' || ticket.status === 'WITHDRAWN') return NOTHING_DUE
  if (ticket.status !== 'CLOSED') return { due: 1, closed: 0, on_time: 0 }
  const isOnTime = ticket.closedAtMs !== null && ticket.closedAtMs <= ticket.dueAtMs
  return { due: 1, closed: 1, on_time: isOnTime ? 1 : 0 }
}
