/**
 * Which revision speaks for a call or a ticket.
 *
 * The highest revision; of equal ones the later `emittedAtMs`; then the greater content. The last rule only makes the
 * choice independent of the order of arrival; no meaning is claimed for it.
 */
import type { Call } from './call.ts'
import type { Ticket } from './ticket.ts'

/** What the choice looks at. `content` is the 64-bit hash of a fact's fields, as its table has it. */
export interface Revision {
  revision: number
  emittedAtMs: number
  content: bigint
}

/** Above 0 if `one` speaks rather than `other`, below 0 the other way round, 0 for one and the same fact. */
export function compareRevisions(one: Revision, other: Revision): number {
  if (one.revision !== other.revision) return one.revision - other.revision
  if (one.emittedAtMs !== other.emittedAtMs) return one.emittedAtMs - other.emittedAtMs
  if (one.content === other.content) return 0
  return one.content > other.content ? 1 : -1
}

/** What makes two call records the same call: the id and the arrival. One id with two arrivals is two calls, as sent. */
export function callIdentity({ callId, arrivedAtMs }: Pick<Call, 'callId' | 'arrivedAtMs'>): string {
  return `${arrivedAtMs} ${callId}`
}

/** What makes two ticket records the same ticket: the id and the acceptance. */
export function ticketIdentity({ ticketId, acceptedAtMs }: Pick<Ticket, 'ticketId' | 'acceptedAtMs'>): string {
  return `${acceptedAtMs} ${ticketId}`
}

/** The one that speaks of each identity, in the order in which identities first appear. Duplicates change nothing. */
export function winnersOf<Fact extends Revision>(
  facts: Iterable<Fact>,
  identityOf: (fact: Fact) => string,
): readonly Fact[] {
  const winners = new Map<string, Fact>()
  for (const fact of facts) {
    const identity = identityOf(fact)
    const winner = winners.get(identity)
    if (winner === undefined || compareRevisions(fact, winner) > 0) winners.set(identity, fact)
  }
  return [...winners.values()]
}
