/**
 * Statements in the store: the one file of api/ that writes.
 *
 * It reads where it writes, because a replica may not have yet what was issued a moment ago.
 */
import { type ClickHouseClient, ClickHouseLogLevel, type ClickHouseSettings, createClient } from '@clickhouse/client'
import type { Call } from '../../kpi/call.ts'
import { CALL_COUNT_NAMES, type CallCounts } from '../../kpi/call-counts.ts'
import type { CallerCounts } from '../../kpi/caller-counts.ts'
import type { DueCounts } from '../../kpi/due-counts.ts'
import { invariant } from '../../kpi/invariant.ts'
import type { Period } from '../../kpi/periods.ts'
import { rangeOf } from '../../kpi/periods.ts'
import type { Range } from '../../kpi/range.ts'
import type { Ticket } from '../../kpi/ticket.ts'
import { TICKET_COUNT_NAMES, type TicketCounts } from '../../kpi/ticket-counts.ts'
import { clickHouseInstant } from '../../schemas/clickhouse-instant.ts'
import type { StatementEvidence, StatementStatus } from '../../schemas/statement.ts'
import type { AnsweredProfile } from '../answered-profile.ts'
import { definitionParameters, picked } from '../store/clickhouse-reader.ts'
import { type CallRow, callOf, type TicketRow, ticketOf } from '../store/clickhouse-records.ts'
import { ClickHouseRows } from '../store/clickhouse-rows.ts'
import { requireFacts } from '../store/kept-facts.ts'
import { queryText } from '../store/query-text.ts'
import type { QueryTurns } from '../store/query-turns.ts'
import type { CountedPeriod, SeatsOfMonth } from '../store/store-reader.ts'
import type { IssuedStatement, RecordSet, Side, StatementStore } from './statement-store.ts'

/** As processors write: acknowledged only when it is in, and a repeated insert is never taken for a block that is there. */
const WRITE_SETTINGS = {
  async_insert: 0,
  insert_deduplicate: 0,
  deduplicate_insert: 'disable',
  deduplicate_insert_select: 'disable',
  max_partitions_per_insert_block: 0,
} as const

const CALL_RECORDS = `
  SELECT cell, id, at, revision, emitted_at, content
  FROM statement_records
  WHERE from_at = {from:DateTime('UTC')} AND to_at = {to:DateTime('UTC')}
    AND kind = 'call' AND evidence = {call_evidence:UInt64}`
const TICKET_RECORDS = `
  SELECT cell, id, at, revision, emitted_at, content
  FROM statement_records
  WHERE from_at = {from:DateTime('UTC')} AND to_at = {to:DateTime('UTC')}
    AND (kind, evidence) IN (('ticket', {ticket_evidence:UInt64}), ('due-ticket', {due_ticket_evidence:UInt64}))`

/** The same counting as for questions about an earlier time, of the records of a set instead of those emitted until then. */
const COUNTS = {
  calls: ofRecords('call-counts-as-of', 'call_id, arrived_at', CALL_RECORDS),
  callers: ofRecords('caller-counts-as-of', 'call_id, arrived_at', CALL_RECORDS),
  seats: ofRecords('seats-by-month', 'call_id, arrived_at', CALL_RECORDS),
  tickets: ofRecords('ticket-counts-as-of', 'ticket_id, accepted_at', TICKET_RECORDS),
  due: ofRecords('due-counts-as-of', 'ticket_id, accepted_at', TICKET_RECORDS),
}
const EVIDENCE = queryText('statement-evidence')
const KEEP_RECORDS = [queryText('keep-call-records'), queryText('keep-ticket-records')]
const RECORD_SETS = queryText('statement-record-sets')
const CHANGED_CALLS = queryText('changed-calls')
const CHANGED_TICKETS = queryText('changed-tickets')
const ISSUED = queryText('issued-statements')

export interface ClickHouseStatementsOptions {
  /** Where is written: `http://host:port` */
  url: string
  database: string
  /** Longest time one query may take. */
  queryMsMax: number
  /** Shared with whoever else asks the store; questions about figures wait while statements are read. */
  turns?: QueryTurns
}

export class ClickHouseStatements implements StatementStore {
  readonly #rows: ClickHouseRows
  readonly #client: ClickHouseClient
  readonly #answered: AnsweredProfile
  /** Those of WRITE_SETTINGS that the server knows, once it was asked. */
  #settings: ClickHouseSettings | null = null

  constructor({ url, database, queryMsMax, turns }: ClickHouseStatementsOptions, answered: AnsweredProfile) {
    this.#rows = new ClickHouseRows(url, database, queryMsMax, turns)
    this.#answered = answered
    this.#client = createClient({
      url,
      database,
      application: 'steadyline-statements',
      request_timeout: queryMsMax,
      log: { level: ClickHouseLogLevel.OFF }, // what goes wrong is thrown
    })
  }

  async evidenceOf(range: Range): Promise<StatementEvidence> {
    await requireFacts(this.#rows, this.#answered, range, {
      what: 'a statement, or what changed since one,',
      due: true,
    })
    const [row] = await this.#rows.of<{ calls: number; tickets: number; due_tickets: number }>(
      EVIDENCE,
      rangeOnly(range),
    )
    return { calls: row!.calls, tickets: row!.tickets, dueTickets: row!.due_tickets }
  }

  async keepRecords(range: Range): Promise<RecordSet> {
    const evidence = await this.evidenceOf(range)
    const kept = await this.#recordSet(range)
    if (isWithin(evidence, kept.evidence)) return kept
    for (const query of KEEP_RECORDS) await this.#write(query, rangeOnly(range))
    const set = await this.#recordSet(range)
    invariant(isWithin(evidence, set.evidence), 'what was kept has at least the evidence that was there before')
    return set
  }

  async counted(
    period: Period,
    evidence: StatementEvidence,
  ): Promise<CountedPeriod & { seatsByMonth: SeatsOfMonth[] }> {
    const { zone } = this.#answered
    const asked = {
      ...ofSet(rangeOf(zone, period), evidence),
      ...definitionParameters(this.#answered),
      time_zone: zone.name,
    }
    const [[calls], [callers], [tickets], [due], seatsByMonth] = await Promise.all([
      this.#rows.of<CallCounts>(COUNTS.calls, asked),
      this.#rows.of<CallerCounts>(COUNTS.callers, asked),
      this.#rows.of<TicketCounts>(COUNTS.tickets, asked),
      this.#rows.of<DueCounts & { simulated: number }>(COUNTS.due, asked),
      this.#rows.of<SeatsOfMonth>(COUNTS.seats, asked),
    ])
    return {
      calls: picked(calls!, CALL_COUNT_NAMES),
      callers: callers!,
      tickets: picked(tickets!, TICKET_COUNT_NAMES),
      due: picked(due!, ['due', 'closed', 'on_time']),
      evidence: { calls: evidence.calls, tickets: evidence.tickets },
      isSimulated: calls!.simulated + tickets!.simulated + due!.simulated > 0,
      seatsByMonth,
    }
  }

  async issued(profile: string): Promise<IssuedStatement[]> {
    return (await this.#rows.of<IssuedRow>(ISSUED, { profile })).map(issuedOf)
  }

  async json(id: string): Promise<string | null> {
    const [row] = await this.#rows.of<{ json: string }>(
      'SELECT json FROM statements FINAL WHERE id = {id:String} ORDER BY sha256 LIMIT 1',
      { id },
    )
    return row?.json ?? null
  }

  async issue(statement: IssuedStatement, json: string): Promise<void> {
    await this.#client.insert({
      table: 'statements',
      values: [{ ...rowOf(statement), json }],
      format: 'JSONEachRow',
      clickhouse_settings: await this.#writeSettings(),
    })
  }

  async changedCalls(range: Range, evidence: StatementEvidence, rowsMax: number): Promise<Side<Call>[]> {
    const asked = { ...ofSet(range, evidence), time_zone: this.#answered.zone.name, rows_max: rowsMax }
    const rows = await this.#rows.of<CallRow & SideRow>(CHANGED_CALLS, asked)
    return rows.map((row) => ({ isNow: row.is_now, isChange: row.is_change, record: callOf(row) }))
  }

  async changedTickets(range: Range, evidence: StatementEvidence, rowsMax: number): Promise<Side<Ticket>[]> {
    const rows = await this.#rows.of<TicketRow & SideRow>(CHANGED_TICKETS, {
      ...ofSet(range, evidence),
      rows_max: rowsMax,
    })
    return rows.map((row) => ({ isNow: row.is_now, isChange: row.is_change, record: ticketOf(row) }))
  }

  async close(): Promise<void> {
    await Promise.all([this.#rows.close(), this.#client.close()])
  }

  /** Of each kind the whole set with the most evidence; one without records has no rows, and its evidence is 0. */
  async #recordSet(range: Range): Promise<RecordSet> {
    const rows = await this.#rows.of<SetRow>(RECORD_SETS, rangeOnly(range))
    const of = (kind: SetRow['kind']) => rows.find((row) => row.kind === kind)
    const [calls, tickets, due] = [of('call'), of('ticket'), of('due-ticket')]
    const emitted = rows.map(({ last_emitted_at_ms }) => last_emitted_at_ms)
    return {
      evidence: { calls: calls?.evidence ?? 0, tickets: tickets?.evidence ?? 0, dueTickets: due?.evidence ?? 0 },
      records: { calls: calls?.records ?? 0, tickets: tickets?.records ?? 0, dueTickets: due?.records ?? 0 },
      hashes: { calls: calls?.hash ?? '', tickets: tickets?.hash ?? '', dueTickets: due?.hash ?? '' },
      lastEmittedAtMs: emitted.length === 0 ? null : Math.max(...emitted),
    }
  }

  async #write(query: string, parameters: Record<string, unknown>): Promise<void> {
    const settings = await this.#writeSettings()
    await this.#client.command({ query, query_params: parameters, clickhouse_settings: settings })
  }

  async #writeSettings(): Promise<ClickHouseSettings> {
    if (this.#settings !== null) return this.#settings
    const known = await this.#rows.of<{ name: string }>(
      'SELECT name FROM system.settings WHERE name IN {names:Array(String)}',
      { names: Object.keys(WRITE_SETTINGS) },
    )
    const names = new Set(known.map(({ name }) => name))
    this.#settings = Object.fromEntries(
      Object.entries(WRITE_SETTINGS).filter(([name]) => names.has(name)),
    ) as ClickHouseSettings
    return this.#settings
  }
}

interface SetRow {
  kind: 'call' | 'ticket' | 'due-ticket'
  evidence: number
  records: number
  hash: string
  last_emitted_at_ms: number
}

interface SideRow {
  is_now: boolean
  is_change: boolean
}

interface IssuedRow {
  profile: string
  period: string
  profile_version: string
  definitions: string
  from_at_ms: number
  to_at_ms: number
  call_evidence: number
  ticket_evidence: number
  due_ticket_evidence: number
  calls_status: StatementStatus
  tickets_status: StatementStatus
  form: number
  id: string
  sha256: string
  simulated: boolean
  last_emitted_at_ms: number
}

function issuedOf(row: IssuedRow): IssuedStatement {
  return {
    id: row.id,
    sha256: row.sha256,
    profile: row.profile,
    profileVersion: row.profile_version,
    definitions: row.definitions,
    period: row.period,
    range: { fromAtMs: row.from_at_ms, toAtMs: row.to_at_ms },
    evidence: { calls: row.call_evidence, tickets: row.ticket_evidence, dueTickets: row.due_ticket_evidence },
    statusOf: { calls: row.calls_status, tickets: row.tickets_status },
    form: row.form,
    isSimulated: row.simulated,
    lastEmittedAtMs: row.last_emitted_at_ms || null, // 1970 stands for none
  }
}

function rowOf(statement: IssuedStatement) {
  const { range, evidence, statusOf } = statement
  return {
    profile: statement.profile,
    period: statement.period,
    profile_version: statement.profileVersion,
    definitions: statement.definitions,
    from_at: range.fromAtMs / 1000,
    to_at: range.toAtMs / 1000,
    call_evidence: evidence.calls,
    ticket_evidence: evidence.tickets,
    due_ticket_evidence: evidence.dueTickets,
    calls_status: statusOf.calls,
    tickets_status: statusOf.tickets,
    form: statement.form,
    id: statement.id,
    sha256: statement.sha256,
    simulated: statement.isSimulated,
    last_emitted_at: clickHouseInstant(statement.lastEmittedAtMs ?? 0),
  }
}

function ofRecords(name: string, identity: string, records: string): string {
  const emittedUntil = "emitted_at <= {as_of:DateTime64(3, 'UTC')}"
  const text = queryText(name).replace(/^\s*--.*$/gm, '')
  invariant(text.split(emittedUntil).length === 2, `${name} says once which records it reads`)
  return text.replace(emittedUntil, `(cell, ${identity}, revision, emitted_at, content) IN (${records})`)
}

function rangeOnly({ fromAtMs, toAtMs }: Range): Record<string, unknown> {
  return { from: new Date(fromAtMs), to: new Date(toAtMs) }
}

function ofSet(range: Range, { calls, tickets, dueTickets }: StatementEvidence): Record<string, unknown> {
  return { ...rangeOnly(range), call_evidence: calls, ticket_evidence: tickets, due_ticket_evidence: dueTickets }
}

/** Whether none of it is more than the other's. */
function isWithin(one: StatementEvidence, other: StatementEvidence): boolean {
  return one.calls <= other.calls && one.tickets <= other.tickets && one.dueTickets <= other.dueTickets
}
