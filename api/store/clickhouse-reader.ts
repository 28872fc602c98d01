/** Reads cells, the ledger and watermarks: of one series of cells, that of the profile's definitions. */
import { CALL_COUNT_NAMES, type CallCounts } from '../../kpi/call-counts.ts'
import type { CallerCounts } from '../../kpi/caller-counts.ts'
import type { DueCounts } from '../../kpi/due-counts.ts'
import { textOfDay } from '../../kpi/local-date.ts'
import { type Period, rangeOf } from '../../kpi/periods.ts'
import type { Range } from '../../kpi/range.ts'
import { TICKET_COUNT_NAMES, type TicketCounts } from '../../kpi/ticket-counts.ts'
import { type KafkaNames, kafkaNamesOf } from '../../schemas/kafka-names.ts'
import type { AnsweredProfile } from '../answered-profile.ts'
import type { ClickHouseRows } from './clickhouse-rows.ts'
import { requireFacts } from './kept-facts.ts'
import { queryText } from './query-text.ts'
import { SealedSeries } from './sealed-series.ts'
import {
  type CallPart,
  type ConnectionCell,
  type CountedPartition,
  type CountedPeriod,
  type IssuedFigure,
  LATEST_AT_MS,
  type SeatsOfMonth,
  type StoreReader,
  type Watermarks,
} from './store-reader.ts'

/** From cells, which is what answers are made of. */
const COUNTS = {
  calls: queryText('call-counts'),
  callers: queryText('caller-counts'),
  tickets: queryText('ticket-counts'),
  due: queryText('due-counts'),
}
/** From facts, for questions about an earlier time. */
const COUNTS_AS_OF = {
  calls: queryText('call-counts-as-of'),
  callers: queryText('caller-counts-as-of'),
  tickets: queryText('ticket-counts-as-of'),
  due: queryText('due-counts-as-of'),
}
const CONNECTION_BY_CELL = queryText('connection-by-cell')
const CONNECTION_BY_CELL_OF_PART = queryText('connection-by-cell-of-part')
const KEPT_SEATS_BY_MONTH = queryText('kept-seats-by-month')
const SEATS_BY_MONTH = queryText('seats-by-month')
const LAST_ISSUED_STATEMENT = queryText('last-issued-statement')
const WATERMARKS = queryText('watermarks')
const PROGRESS = queryText('progress')

type Topics = Pick<KafkaNames, 'calls' | 'tickets'>

export class ClickHouseReader implements StoreReader {
  readonly #rows: ClickHouseRows
  readonly #answered: AnsweredProfile
  readonly #topics: Topics
  readonly #sealed: SealedSeries

  /** @param topics  those that the database was counted from; a scenario has its own */
  constructor(rows: ClickHouseRows, answered: AnsweredProfile, topics: Topics = kafkaNamesOf(null)) {
    this.#rows = rows
    this.#answered = answered
    this.#topics = topics
    this.#sealed = new SealedSeries(rows, answered)
  }

  async countedPeriod(period: Period, asOfAtMs: number | null): Promise<CountedPeriod> {
    const asOf = asOfAtMs === null ? {} : { as_of: new Date(asOfAtMs), ...definitionParameters(this.#answered) }
    const asked = { ...this.#period(period), ...asOf }
    const queries = asOfAtMs === null ? COUNTS : COUNTS_AS_OF
    const range = rangeOf(this.#answered.zone, period)
    if (asOfAtMs !== null)
      await requireFacts(this.#rows, this.#answered, range, { what: 'figures as of an instant', due: true })
    const [[calls], [callers], [tickets], [due]] = await Promise.all([
      this.#rows.of<CallCounts & { evidence: number }>(queries.calls, asked),
      this.#rows.of<CallerCounts>(queries.callers, asked),
      this.#rows.of<TicketCounts & { evidence: number }>(queries.tickets, asked),
      this.#rows.of<DueCounts & { simulated: number }>(queries.due, asked),
      this.#sealed.require(range),
    ])
    return {
      calls: picked(calls!, CALL_COUNT_NAMES),
      callers: callers!,
      tickets: picked(tickets!, TICKET_COUNT_NAMES),
      due: picked(due!, ['due', 'closed', 'on_time']),
      evidence: { calls: calls!.evidence, tickets: tickets!.evidence },
      isSimulated: calls!.simulated + tickets!.simulated + due!.simulated > 0,
    }
  }

  async seatsByMonth(period: Period, asOfAtMs: number | null): Promise<SeatsOfMonth[]> {
    const asked = this.#period(period)
    if (asOfAtMs === null) {
      const kept = await this.#rows.of<SeatsOfMonth & { knows_seats: boolean }>(KEPT_SEATS_BY_MONTH, asked)
      const months = kept.filter(({ seats }) => seats > 0)
      if (kept.every(({ knows_seats }) => knows_seats)) return months.map(({ month, seats }) => ({ month, seats }))
    }
    return this.#rows.of<SeatsOfMonth>(SEATS_BY_MONTH, { ...asked, as_of: new Date(asOfAtMs ?? LATEST_AT_MS) })
  }

  async connectionByCell(range: Range, { line, region }: CallPart): Promise<ConnectionCell[]> {
    type Row = Omit<ConnectionCell, 'cellAtMs'> & { cell_s: number }
    const [rows] = await Promise.all([
      line === null && region === null
        ? this.#rows.of<Row>(CONNECTION_BY_CELL, this.#series(range))
        : this.#rows.of<Row>(CONNECTION_BY_CELL_OF_PART, {
            ...this.#series(range),
            lines: line === null ? [] : [line],
            regions: region === null ? [] : [region],
          }),
      this.#sealed.require(range),
    ])
    return rows.map(({ cell_s, ...counts }) => ({ cellAtMs: cell_s * 1000, ...counts }))
  }

  async issuedFigures(period: Period): Promise<IssuedFigure[] | null> {
    const { zone, profile } = this.#answered
    const [row] = await this.#rows.of<{ json: string }>(LAST_ISSUED_STATEMENT, {
      ...this.#series(rangeOf(zone, period)),
      profile: profile.id,
    })
    return row === undefined ? null : (JSON.parse(row.json) as { kpis: IssuedFigure[] }).kpis
  }

  async watermarks(): Promise<Watermarks> {
    const rows = await this.#rows.of<{ topic: string; watermark_at_ms: number }>(WATERMARKS, {})
    // A vector may be reached before any record said when it was: 1970 stands for that.
    const ofTopic = new Map(rows.map(({ topic, watermark_at_ms }) => [topic, watermark_at_ms || null]))
    const { calls, tickets } = this.#topics
    return { callsAtMs: ofTopic.get(calls) ?? null, ticketsAtMs: ofTopic.get(tickets) ?? null }
  }

  async progress(): Promise<CountedPartition[]> {
    const rows = await this.#rows.of<{
      topic: string
      partition: number
      next_offset: number
      max_emitted_at_ms: number
    }>(PROGRESS, {})
    return rows.map(({ topic, partition, next_offset, max_emitted_at_ms }) => ({
      topic,
      partition,
      nextOffset: next_offset,
      emittedAtMsMax: max_emitted_at_ms === 0 ? null : max_emitted_at_ms,
    }))
  }

  async ready(): Promise<void> {
    await this.watermarks()
  }

  #series({ fromAtMs, toAtMs }: Range): Record<string, unknown> {
    return { definitions: this.#answered.definitions, from: new Date(fromAtMs), to: new Date(toAtMs) }
  }

  #period(period: Period): Record<string, unknown> {
    const { zone } = this.#answered
    return {
      ...this.#series(rangeOf(zone, period)),
      time_zone: zone.name,
      from_day: textOfDay(period.fromDay),
      to_day: textOfDay(period.toDay),
    }
  }
}

/** What counting facts needs, which cells already have in them. */
export function definitionParameters({ profile }: AnsweredProfile): Record<string, number> {
  const { shortAbandonMsMax, answerThresholdMs, positiveRatingMin, satisfiedMin } = profile.definitions
  return {
    short_abandon_ms_max: shortAbandonMsMax,
    answer_threshold_ms: answerThresholdMs,
    positive_rating_min: positiveRatingMin,
    satisfied_min: satisfiedMin,
  }
}

/** Only the counts of a row, so that what is added to a query adds nothing to an answer by accident. */
export function picked<Name extends string>(row: Record<Name, number>, names: readonly Name[]): Record<Name, number> {
  return Object.fromEntries(names.map((name) => [name, row[name]])) as Record<Name, number>
}
