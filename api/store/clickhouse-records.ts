/** Reads single calls and tickets from the facts. */
import type { Call, CallOutcome, Direction } from '../../kpi/call.ts'
import { cellOf } from '../../kpi/cell.ts'
import type { Channel, RequestKind, Resolution, Ticket, TicketStatus } from '../../kpi/ticket.ts'
import type { AnsweredProfile } from '../answered-profile.ts'
import type { ClickHouseRows } from './clickhouse-rows.ts'
import { requireFacts } from './kept-facts.ts'
import { queryText } from './query-text.ts'
import type { PageQuestion, RecordReader } from './record-reader.ts'

const CALL_WINNERS = queryText('call-winners')
const TICKET_WINNERS = queryText('ticket-winners')
const CALL_REVISIONS = queryText('call-revisions')
const TICKET_REVISIONS = queryText('ticket-revisions')

/** Most revisions of one id that are shown; a source that sends more is at fault. */
const REVISIONS_MAX = 1_000

export interface CallRow {
  call_id: string
  revision: number
  line: string
  region: string
  direction: Direction
  caller: string
  agent: string | null
  outcome: CallOutcome
  rating: number | null
  arrived_at_ms: number
  queued_at_ms: number | null
  answered_at_ms: number | null
  ended_at_ms: number
  emitted_at_ms: number
}

export interface TicketRow {
  ticket_id: string
  revision: number
  call_id: string | null
  channel: Channel
  line: string
  region: string
  category: string
  kind: RequestKind
  status: TicketStatus
  resolution: Resolution | null
  unit: string | null
  satisfaction: number | null
  accepted_at_ms: number
  due_at_ms: number | null
  closed_at_ms: number | null
  followed_up_at_ms: number | null
  emitted_at_ms: number
}

export class ClickHouseRecords implements RecordReader {
  readonly #rows: ClickHouseRows
  readonly #answered: AnsweredProfile

  constructor(rows: ClickHouseRows, answered: AnsweredProfile) {
    this.#rows = rows
    this.#answered = answered
  }

  async calls(question: PageQuestion): Promise<Call[]> {
    await requireFacts(this.#rows, this.#answered, question.range, { what: 'a list of calls' })
    return (await this.#rows.of<CallRow>(CALL_WINNERS, parametersOf(question))).map(callOf)
  }

  async tickets(question: PageQuestion): Promise<Ticket[]> {
    await requireFacts(this.#rows, this.#answered, question.range, { what: 'a list of tickets' })
    return (await this.#rows.of<TicketRow>(TICKET_WINNERS, parametersOf(question))).map(ticketOf)
  }

  async callRevisions(id: string): Promise<Call[]> {
    return (await this.#rows.of<CallRow>(CALL_REVISIONS, { id, rows_max: REVISIONS_MAX })).map(callOf)
  }

  async ticketRevisions(id: string): Promise<Ticket[]> {
    return (await this.#rows.of<TicketRow>(TICKET_REVISIONS, { id, rows_max: REVISIONS_MAX })).map(ticketOf)
  }
}

function parametersOf({ range, line, region, outcome, after, rowsMax }: PageQuestion): Record<string, unknown> {
  const only = (value: string | null) => (value === null ? [] : [value])
  const { atMs, id } = after ?? { atMs: 0, id: '' } // no id is empty, so this lies before every record
  return {
    from_cell: new Date(cellOf(range.fromAtMs)),
    from: new Date(range.fromAtMs),
    to: new Date(range.toAtMs),
    after_cell: new Date(cellOf(atMs)),
    after_id: id,
    after: new Date(atMs),
    lines: only(line),
    regions: only(region),
    outcomes: only(outcome),
    rows_max: rowsMax,
  }
}

export function callOf(row: CallRow): Call {
  return {
    callId: row.call_id,
    revision: row.revision,
    arrivedAtMs: row.arrived_at_ms,
    line: row.line,
    region: row.region,
    direction: row.direction,
    caller: row.caller,
    queuedAtMs: row.queued_at_ms,
    answeredAtMs: row.answered_at_ms,
    endedAtMs: row.ended_at_ms,
    agent: row.agent,
    outcome: row.outcome,
    rating: row.rating,
    emittedAtMs: row.emitted_at_ms,
  }
}

export function ticketOf(row: TicketRow): Ticket {
  return {
    ticketId: row.ticket_id,
    revision: row.revision,
    acceptedAtMs: row.accepted_at_ms,
    callId: row.call_id,
    channel: row.channel,
    line: row.line,
    region: row.region,
    category: row.category,
    kind: row.kind,
    status: row.status,
    resolution: row.resolution,
    unit: row.unit,
    dueAtMs: row.due_at_ms,
    closedAtMs: row.closed_at_ms,
    followedUpAtMs: row.followed_up_at_ms,
    satisfaction: row.satisfaction,
    emittedAtMs: row.emitted_at_ms,
  }
}
