import type { Call } from '../../../kpi/call.ts'
import type { Ticket } from '../../../kpi/ticket.ts'
import type { SimulatedRecord } from '../../../producers/hotline/outbox.ts'
import { type SimulateOptions, simulate } from '../../../producers/hotline/simulate.ts'
import { at, panjin } from './panjin.ts'

/** Two weeks in June around the Dragon Boat holiday, a fifth of the callers: some ten thousand records. */
export const FORTNIGHT: SimulateOptions = {
  profile: panjin,
  seed: 1,
  fromAtMs: at('2023-06-12'),
  toAtMs: at('2023-06-26'),
  scale: 0.2,
}

export function recordsOf(options: Partial<SimulateOptions> = {}): SimulatedRecord[] {
  return [...simulate({ ...FORTNIGHT, ...options })]
}

export function callsOf(records: readonly SimulatedRecord[]): Call[] {
  return records.flatMap((simulated) => (simulated.topic === 'calls' ? [simulated.record] : []))
}

export function ticketsOf(records: readonly SimulatedRecord[]): Ticket[] {
  return records.flatMap((simulated) => (simulated.topic === 'tickets' ? [simulated.record] : []))
}

/** Node 20 has no Map.groupBy. */
export function groupedBy<One, Key>(all: Iterable<One>, keyOf: (one: One) => Key): Map<Key, One[]> {
  const groups = new Map<Key, One[]>()
  for (const one of all) {
    const key = keyOf(one)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [one])
    else group.push(one)
  }
  return groups
}
