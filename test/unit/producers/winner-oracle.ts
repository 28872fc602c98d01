/** The figures of a year from all records at once, by the words of the dictionary and by no code that counts elsewhere. */
import type { Call } from '../../../kpi/call.ts'
import type { Ticket } from '../../../kpi/ticket.ts'
import { groupedBy } from './simulated-records.ts'

type Fractions = Record<string, { numerator: number; denominator: number }>

function winners<Record extends { revision: number; emittedAtMs: number }>(
  records: readonly Record[],
  identityOf: (record: Record) => string,
): Record[] {
  const sorted = records.toSorted((a, b) => a.revision - b.revision || a.emittedAtMs - b.emittedAtMs)
  return [...new Map(sorted.map((record) => [identityOf(record), record])).values()]
}

/** Of the local year in Shanghai; short abandons are offered, 15 s is fast, 3 and more is good. */
export function fractionsOf(year: number, allCalls: readonly Call[], allTickets: readonly Ticket[]): Fractions {
  const isIn = (atMs: number) => new Date(atMs + 8 * 3_600_000).getUTCFullYear() === year
  const calls = winners(allCalls, (call) => `${call.callId} ${call.arrivedAtMs}`)
    .filter((call) => isIn(call.arrivedAtMs))
    .filter((call) => !['TEST', 'BLACKLISTED', 'VOID'].includes(call.outcome))
  const tickets = winners(allTickets, (ticket) => `${ticket.ticketId} ${ticket.acceptedAtMs}`)
  const spoken = (call: Call) => call.answeredAtMs !== null && call.endedAtMs > call.answeredAtMs
  const share = <T>(of: readonly T[], test: (one: T) => boolean) => ({
    numerator: of.filter(test).length,
    denominator: of.length,
  })

  const offered = calls.filter((call) => call.direction === 'INBOUND' && call.queuedAtMs !== null)
  const answered = offered.filter(spoken)
  const isFast = (call: Call) => spoken(call) && call.answeredAtMs! - call.queuedAtMs! <= 15_000
  const callerDays = groupedBy(offered, (call) => {
    const localDay = Math.floor((call.arrivedAtMs + 8 * 3_600_000) / 86_400_000)
    return call.caller === '' ? `one ${call.callId}` : `${localDay} ${call.caller}`
  })
  const accepted = tickets.filter((ticket) => ticket.status !== 'VOID' && isIn(ticket.acceptedAtMs))
  const standing = accepted.filter((ticket) => ticket.status !== 'WITHDRAWN')
  const due = tickets.filter((ticket) => ticket.dueAtMs !== null && isIn(ticket.dueAtMs))
  const dueStanding = due.filter((ticket) => ticket.status !== 'VOID' && ticket.status !== 'WITHDRAWN')
  const isClosed = (ticket: Ticket) => ticket.status === 'CLOSED'
  return {
    connectionRate: share(offered, spoken),
    connectionRateByCaller: share([...callerDays.values()], (day) => day.some(spoken)),
    answeredIn15sOfOffered: share(offered, isFast),
    answeredIn15sOfAnswered: share(answered, isFast),
    abandonmentRate: share(offered, (call) => !spoken(call) && call.outcome.endsWith('ING_ABANDONED')),
    goodRatingRate: share(
      answered.filter((call) => call.rating !== null),
      (call) => call.rating! >= 3,
    ),
    ratingResponseRate: share(answered, (call) => call.rating !== null),
    outboundConnectedRate: share(
      calls.filter((call) => call.direction === 'OUTBOUND'),
      spoken,
    ),
    directResolutionRate: share(accepted, (ticket) => ticket.resolution === 'DIRECT'),
    closureRate: share(standing, isClosed),
    closureRateOfDue: share(dueStanding, isClosed),
    onTimeClosureRate: share(
      dueStanding,
      (ticket) => isClosed(ticket) && ticket.closedAtMs !== null && ticket.closedAtMs <= ticket.dueAtMs!,
    ),
    satisfactionRate: share(
      accepted.filter((ticket) => ticket.satisfaction !== null),
      (ticket) => ticket.satisfaction! >= 3,
    ),
    followUpRate: share(
      accepted.filter((ticket) => isClosed(ticket) && ticket.resolution === 'DISPATCHED'),
      (ticket) => ticket.followedUpAtMs !== null,
    ),
  }
}
