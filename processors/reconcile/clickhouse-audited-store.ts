/** The audited store by @clickhouse/client. */
import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client'
import { CALL_COUNT_NAMES } from '../../kpi/call-counts.ts'
import type { Range } from '../../kpi/range.ts'
import { TICKET_COUNT_NAMES } from '../../kpi/ticket-counts.ts'
import type { FactRows } from '../span.ts'
import type { AuditedStore, BookedReject, DayOfFacts, IdentityFault, LedgerFault } from './audited-store.ts'
import {
  breakdownText,
  type CallerDayRow,
  type CallFact,
  type CellRow,
  dueText,
  type TicketFact,
} from './expected-cells.ts'

const CELLS = {
  call_facts: {
    table: 'call_cells',
    counts: CALL_COUNT_NAMES,
    more: ['late', 'late_amendments'],
    due: '[] AS due',
  },
  ticket_facts: {
    table: 'ticket_cells',
    counts: TICKET_COUNT_NAMES,
    more: [],
    due: 'arrayMap(d -> (toUnixTimestamp(d.due_cell), d.due, d.closed, d.on_time), due) AS due',
  },
} as const

const CALL_FACTS = `
  SELECT call_id AS callId, revision, toUnixTimestamp64Milli(arrived_at) AS arrivedAtMs, line, region, direction, caller,
    toUnixTimestamp64Milli(queued_at) AS queuedAtMs, toUnixTimestamp64Milli(answered_at) AS answeredAtMs,
    toUnixTimestamp64Milli(ended_at) AS endedAtMs, agent, outcome, rating, toUnixTimestamp64Milli(emitted_at) AS emittedAtMs,
    toString(content) AS contentText
  FROM call_facts WHERE cell >= {from:DateTime('UTC')} AND cell < {to:DateTime('UTC')}`

const TICKET_FACTS = `
  SELECT ticket_id AS ticketId, revision, toUnixTimestamp64Milli(accepted_at) AS acceptedAtMs, call_id AS callId, channel, line,
    region, category, kind, status, resolution, unit, toUnixTimestamp64Milli(due_at) AS dueAtMs,
    toUnixTimestamp64Milli(closed_at) AS closedAtMs, toUnixTimestamp64Milli(followed_up_at) AS followedUpAtMs, satisfaction,
    toUnixTimestamp64Milli(emitted_at) AS emittedAtMs, toString(content) AS contentText
  FROM ticket_facts WHERE cell >= {from:DateTime('UTC')} AND cell < {to:DateTime('UTC')}`

const DAYS = `
  SELECT toString(toDate(cell, {time_zone:String})) AS day, sum(rows) AS factRows FROM (
    SELECT cell, count() AS rows FROM call_facts GROUP BY cell UNION ALL SELECT cell, count() AS rows FROM ticket_facts GROUP BY cell
    UNION ALL SELECT cell, 0 AS rows FROM call_cells WHERE definitions = {definitions:String}
    UNION ALL SELECT cell, 0 AS rows FROM ticket_cells WHERE definitions = {definitions:String}
  ) GROUP BY day ORDER BY day`

/** What the rows of an earlier program do not say yet is compared among those that do. */
const KEPT_SINCE = 'late, late_amendments, knows_late'
const UNEQUAL_ROWS = (table: string, since = '') => `
  SELECT '${table}' AS table, toString(cell) AS cell, evidence FROM ${table} WHERE definitions = {definitions:String}
  GROUP BY cell, evidence HAVING uniqExact(cityHash64(* EXCEPT (definitions, cell, evidence${since && `, ${since}`}))) > 1
  ${since && `OR uniqExactIf((${since}), knows_late) > 1`} ORDER BY cell`

const LEDGER_SUMS = `
  SELECT topic, partition, concat('offsets ', toString(from_offset), ' (in) to ', toString(next_offset), ' (out) are ',
    toString(fact_records + reject_records + gap_offsets + heartbeats), ' records and gaps') AS problem
  FROM progress FINAL WHERE fact_records + reject_records + gap_offsets + heartbeats != next_offset - from_offset`

const LEDGER_HOLES = `
  SELECT topic, partition, concat('nothing is booked for offsets ', toString(before), ' (in) to ', toString(from_offset), ' (out)') AS problem
  FROM (
    SELECT topic, partition, from_offset, max(next_offset) OVER (PARTITION BY topic, partition ORDER BY from_offset, next_offset
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before, row_number() OVER (PARTITION BY topic, partition ORDER BY from_offset, next_offset) AS number
    FROM progress
  ) WHERE number > 1 AND from_offset > before`

const IDENTITIES = [
  { facts: 'call_facts', id: 'call_id', at: 'arrived_at' },
  { facts: 'ticket_facts', id: 'ticket_id', at: 'accepted_at' },
] as const
type Identities = (typeof IDENTITIES)[number]

/** Hashes of identities that were sent with two instants, of one slice: memory holds no more than those of a slice. */
const MOVED = ({ facts, id, at }: Identities) => `
  SELECT cityHash64(${id}) AS hash FROM ${facts} WHERE hash % {slices:UInt32} = {slice:UInt32}
  GROUP BY hash HAVING min(${at}) != max(${at})`
/** Revisions with two contents. Those of one identity lie beside each other, so hardly anything is held. */
const REUSED = ({ facts, id, at }: Identities) => `
  SELECT ${id} AS id FROM ${facts} GROUP BY cell, ${id}, ${at}, revision
  HAVING min(emitted_at) != max(emitted_at) OR min(content) != max(content)`
const IN_ORDER = 'SETTINGS optimize_aggregation_in_order = 1'
/** Each slice reads every id, and holds so many hashes with two instants: some 300 MB. */
const SLICE_ROWS = 8_000_000

const SEEN = {
  call_facts: {
    table: 'seen_call_facts',
    key: 'cell, call_id, arrived_at, revision, emitted_at, content',
    id: 'call_id',
  },
  ticket_facts: {
    table: 'seen_ticket_facts',
    key: 'cell, ticket_id, accepted_at, revision, emitted_at, content',
    id: 'ticket_id',
  },
} as const

const SEALED_BEFORE = 'SELECT max(before_at) FROM seals WHERE is_sealed'
const COUNTED_UNTIL = readFileSync(new URL('../sql/counted-until.sql', import.meta.url), 'utf8')

export class ClickHouseAuditedStore implements AuditedStore {
  readonly #client: ClickHouseClient

  constructor({ url, database }: { url: string; database: string }) {
    this.#client = createClient({
      url,
      database,
      application: 'steadyline-audit',
      request_timeout: 600_000,
      log: { level: ClickHouseLogLevel.OFF },
      clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
    })
  }

  sealedBeforeMs(): Promise<number> {
    return this.#number('SELECT toUnixTimestamp(max(before_at)) * 1000 AS number FROM seals WHERE is_sealed', {})
  }

  refusedBeforeMs(): Promise<number> {
    return this.#number('SELECT toUnixTimestamp(max(before_at)) * 1000 AS number FROM seals', {})
  }

  sealedFactsCount(): Promise<number> {
    const count = (table: string) => `SELECT count() AS count FROM ${table} WHERE cell < (${SEALED_BEFORE})`
    return this.#number(
      `SELECT sum(count) AS number FROM (${count('call_facts')} UNION ALL ${count('ticket_facts')})`,
      {},
    )
  }

  async hasSealedCells(definitions: string): Promise<boolean> {
    const count = (table: string) =>
      `SELECT count() AS count FROM ${table} WHERE definitions = {definitions:String} AND cell < (${SEALED_BEFORE})`
    const query = `SELECT sum(count) AS number FROM (${count('call_cells')} UNION ALL ${count('ticket_cells')})`
    return (await this.#number(query, { definitions })) > 0
  }

  days(definitions: string, timeZone: string): Promise<DayOfFacts[]> {
    return this.#rows<DayOfFacts>(DAYS, { definitions, time_zone: timeZone })
  }

  async callFacts(range: Range): Promise<CallFact[]> {
    const rows = await this.#rows<CallFact>(CALL_FACTS, secondsOf(range))
    return rows.map((row) => ({ ...row, content: BigInt(row.contentText) }))
  }

  async ticketFacts(range: Range): Promise<TicketFact[]> {
    const rows = await this.#rows<TicketFact>(TICKET_FACTS, secondsOf(range))
    return rows.map((row) => ({ ...row, content: BigInt(row.contentText) }))
  }

  async cells(facts: FactRows['table'], definitions: string, range: Range): Promise<Map<number, CellRow>> {
    const { table, counts, more, due } = CELLS[facts]
    const said = more.map((name) => `if(knows_late, ${name}, NULL) AS ${name}`)
    type Row = {
      cellSeconds: number
      evidence: number
      breakdown: never
      due: [number, number, number, number][]
    } & Record<string, number>
    const rows = await this.#rows<Row>(
      `SELECT toUnixTimestamp(cell) AS cellSeconds, evidence, ${[...counts, ...said].join(', ')}, breakdown, ${due} FROM ${table} FINAL
       WHERE definitions = {definitions:String} AND cell >= {from:DateTime('UTC')} AND cell < {to:DateTime('UTC')}`,
      { definitions, ...secondsOf(range) },
    )
    return new Map(
      rows.map((row) => [
        row.cellSeconds * 1_000,
        {
          evidence: row.evidence,
          counts: Object.fromEntries([...counts, ...more].map((name) => [name, row[name] as number])),
          breakdown: breakdownText(row.breakdown),
          due: dueText(row.due.map(([due_cell, due, closed, on_time]) => ({ due_cell, due, closed, on_time }))),
        },
      ]),
    )
  }

  async callerDays(
    definitions: string,
    timeZone: string,
    fromDay: string,
    toDay: string,
  ): Promise<Map<string, CallerDayRow>> {
    const rows = await this.#rows<CallerDayRow & { day: string }>(
      `SELECT day, evidence, callers, answered_callers AS answeredCallers, if(knows_seats, length(seats), NULL) AS seats FROM caller_days FINAL
       WHERE definitions = {definitions:String} AND time_zone = {time_zone:String} AND day BETWEEN {from:Date} AND {to:Date}`,
      { definitions, time_zone: timeZone, from: fromDay, to: toDay },
    )
    return new Map(rows.map(({ day, ...row }) => [day, row]))
  }

  async unequalRows(definitions: string): Promise<string[]> {
    const rows = await this.#rows<{ table: string; cell: string; evidence: number }>(
      `${UNEQUAL_ROWS('call_cells', KEPT_SINCE)} UNION ALL ${UNEQUAL_ROWS('ticket_cells')}`,
      { definitions },
    )
    return rows.map(({ table, cell, evidence }) => `${table} ${cell} UTC has two values at evidence ${evidence}`)
  }

  async ledgerFaults(): Promise<LedgerFault[]> {
    return [...(await this.#rows<LedgerFault>(LEDGER_SUMS, {})), ...(await this.#rows<LedgerFault>(LEDGER_HOLES, {}))]
  }

  rejects(): Promise<BookedReject[]> {
    return this.#rows<BookedReject>(
      'SELECT topic, partition, offset, code, reason FROM rejects FINAL ORDER BY topic, partition, offset',
      {},
    )
  }

  async countedUntil(): Promise<Map<string, number>> {
    const topics = (await this.#rows<{ topic: string }>('SELECT DISTINCT topic FROM progress', {})).map(
      ({ topic }) => topic,
    )
    const rows = await this.#rows<{ topic: string; partition: number; counted_until: number }>(COUNTED_UNTIL, {
      topics,
    })
    return new Map(rows.map(({ topic, partition, counted_until }) => [`${topic}/${partition}`, counted_until]))
  }

  async beginSeen(): Promise<void> {
    await this.endSeen()
    for (const [facts, { table, key }] of Object.entries(SEEN)) {
      await this.#client.command({
        query: `CREATE TABLE ${table} AS ${facts} ENGINE = MergeTree PARTITION BY toYear(cell) ORDER BY (${key})`,
      })
    }
  }

  async insertSeen({ table, block }: FactRows): Promise<void> {
    const { stream } = await this.#client.exec({
      query: `INSERT INTO ${SEEN[table].table} (${block.columnList}) FORMAT Native`,
      values: Readable.from(block.bytesOf(), { objectMode: false }),
      clickhouse_settings: { max_partitions_per_insert_block: 0 } as never,
    })
    stream.destroy()
  }

  /** Month by month, so that the keys of no more than a month are held at once. */
  async missingFacts(limit: number, excusedCount: number): Promise<string[]> {
    const missing: string[] = []
    for (const [facts, { table, key, id }] of Object.entries(SEEN)) {
      const months = await this.#rows<{ month: number }>(
        `SELECT DISTINCT toYYYYMM(cell) AS month FROM ${table} ORDER BY month`,
        {},
      )
      for (const { month } of months) {
        const rows = await this.#rows<{ id: string; cell: string }>(
          `SELECT ${id} AS id, toString(cell) AS cell FROM (SELECT * FROM ${table} WHERE toYYYYMM(cell) = {month:UInt32}) AS seen
           LEFT ANTI JOIN (SELECT ${key} FROM ${facts} WHERE toYYYYMM(cell) = {month:UInt32}) AS facts USING (${key})
           ORDER BY cell LIMIT {limit:UInt32}`,
          { month, limit: limit + excusedCount },
        )
        missing.push(
          ...rows.map(
            (row) => `${facts}: the log holds a record of ${row.id} (cell ${row.cell} UTC) that is not there`,
          ),
        )
      }
    }
    return missing.length <= excusedCount ? [] : missing
  }

  async endSeen(): Promise<void> {
    for (const { table } of Object.values(SEEN))
      await this.#client.command({ query: `DROP TABLE IF EXISTS ${table} SYNC` })
  }

  async identityFaults(limit: number): Promise<IdentityFault[]> {
    const found: IdentityFault[] = []
    for (const identities of IDENTITIES) {
      const { facts, id } = identities
      const add = async (code: IdentityFault['code'], query: string, params: Record<string, unknown>) => {
        const rows = await this.#rows<{ id: string }>(query, { limit, ...params })
        found.push(...rows.map((row) => ({ code, id: row.id })))
      }
      const before = found.length
      for await (const slice of this.#slices(facts)) {
        const moved = `cityHash64(${id}) IN (${MOVED(identities)} LIMIT {limit:UInt32})`
        await add('IDENTITY_MOVED', `SELECT DISTINCT ${id} AS id FROM ${facts} WHERE ${moved}`, slice)
        if (found.length - before >= limit) break
      }
      await add('REVISION_REUSED', `${REUSED(identities)} LIMIT {limit:UInt32} ${IN_ORDER}`, {})
    }
    return found
  }

  async identityFaultCounts(): Promise<Record<IdentityFault['code'], number>> {
    const counts = { IDENTITY_MOVED: 0, REVISION_REUSED: 0 }
    for (const identities of IDENTITIES) {
      for await (const slice of this.#slices(identities.facts))
        counts.IDENTITY_MOVED += await this.#number(`SELECT count() AS number FROM (${MOVED(identities)})`, slice)
      counts.REVISION_REUSED += await this.#number(
        `SELECT count() AS number FROM (${REUSED(identities)}) ${IN_ORDER}`,
        {},
      )
    }
    return counts
  }

  async *#slices(facts: FactRows['table']): AsyncGenerator<{ slices: number; slice: number }> {
    const slices = Math.max(
      1,
      Math.ceil((await this.#number(`SELECT count() AS number FROM ${facts}`, {})) / SLICE_ROWS),
    )
    for (let slice = 0; slice < slices; slice++) yield { slices, slice }
  }

  async deleteCells(facts: FactRows['table'], definitions: string, cellsAtMs: readonly number[]): Promise<void> {
    for (let from = 0; from < cellsAtMs.length; from += 1_000) {
      const cells = cellsAtMs.slice(from, from + 1_000).map((cellAtMs) => cellAtMs / 1_000)
      await this.#delete(
        `DELETE FROM ${CELLS[facts].table} WHERE definitions = {definitions:String} AND cell IN (${cells.join(',')})`,
        { definitions },
      )
    }
  }

  async deleteCallerDays(definitions: string, timeZone: string, days: readonly string[]): Promise<void> {
    await this.#delete(
      'DELETE FROM caller_days WHERE definitions = {definitions:String} AND time_zone = {time_zone:String} AND toString(day) IN {days:Array(String)}',
      { definitions, time_zone: timeZone, days },
    )
  }

  async close(): Promise<void> {
    await this.#client.close()
  }

  async #delete(query: string, params: Record<string, unknown>): Promise<void> {
    await this.#client.command({ query, query_params: params, clickhouse_settings: { lightweight_deletes_sync: '2' } })
  }

  async #number(query: string, params: Record<string, unknown>): Promise<number> {
    const [row] = await this.#rows<{ number: number }>(query, params)
    return row!.number
  }

  async #rows<Row>(query: string, params: Record<string, unknown>): Promise<Row[]> {
    const answer = await this.#client.query({ query, query_params: params, format: 'JSONEachRow' })
    return answer.json<Row>()
  }
}

function secondsOf({ fromAtMs, toAtMs }: Range): { from: number; to: number } {
  return { from: fromAtMs / 1_000, to: toAtMs / 1_000 }
}
