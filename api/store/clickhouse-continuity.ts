/**
 * How the records of a range came in, and whether they belong together.
 *
 * What came late is kept with the cells. Whether a ticket's call is there is no cell's to know, and looking for the calls of
 * a year costs more than all the rest of an answer, so what was found of a month is remembered with the evidence it was
 * found on. Facts only grow: equal evidence is the same facts, and a call that was found stays found. While records stream
 * in, only the month they fall into is looked at again.
 */
import { boundariesOf } from '../../kpi/periods.ts'
import type { Range } from '../../kpi/range.ts'
import type { AnsweredProfile } from '../answered-profile.ts'
import type { ClickHouseRows } from './clickhouse-rows.ts'
import { queryText } from './query-text.ts'
import type { RecordContinuity } from './stability-reader.ts'

const EVIDENCE_BY_PART = queryText('evidence-by-part')
const LATE_RECORDS = queryText('late-records')
const LEDGER_STATE = queryText('ledger-state')
const TICKETS_OF_UNKNOWN_CALLS = queryText('tickets-of-unknown-calls')

/** A ticket follows its call by minutes: nearly all calls are found in the part of their ticket or in the one before. */
const LEAD_MS = 31 * 86_400_000
/** The instants that a record may have. */
const ALL_RECORDS: Range = { fromAtMs: Date.UTC(1990, 0, 1), toAtMs: Date.UTC(2100, 0, 1) }
/** Ids that are held at once, unless one month has more: small years are one query, and of great ones every month that is done stays done. */
const IDS_AT_ONCE = 4_000_000

/** A local month, or what the range holds of one, and what is in it now. */
interface Part {
  range: Range
  /** The part before: calls are looked for there, too. */
  before: Range
  callEvidence: number
  callEvidenceBefore: number
  ticketEvidence: number
  acceptedCount: number
  late: Late
  /** Whether all of its cells say what came late; those that an earlier program wrote do not. */
  knowsLate: boolean
}

interface Late {
  recordsCount: number
  amendmentsCount: number
}

/** What was found of a part, and on what: as long as that is the same, so is what was found. */
interface Found {
  late?: Late & { on: string }
  unknownNearby?: { on: string; count: number }
  unknown?: { on: string; count: number }
}

export class ClickHouseContinuity {
  readonly #rows: ClickHouseRows
  readonly #answered: AnsweredProfile
  readonly #found = new Map<string, Found>()
  /** One look at a time: who asks meanwhile finds what this one found. */
  #looking: Promise<unknown> = Promise.resolve()

  constructor(rows: ClickHouseRows, answered: AnsweredProfile) {
    this.#rows = rows
    this.#answered = answered
  }

  /** @param range both ends on cell boundaries */
  of(range: Range): Promise<RecordContinuity> {
    const looked = this.#looking.then(() => this.#look(range))
    this.#looking = looked.catch(() => {})
    return looked
  }

  async #look(range: Range): Promise<RecordContinuity> {
    const parts = await this.#parts(range)
    await Promise.all([this.#findLate(parts.filter(({ knowsLate }) => !knowsLate)), this.#findUnknown(parts)])
    const lateOf = (part: Part, { late }: Found): Late => (part.knowsLate ? part.late : late!)
    const sum = (countOf: (part: Part, found: Found) => number) =>
      parts.reduce((total, part) => total + countOf(part, this.#foundOf(part)), 0)
    return {
      lateRecordsCount: sum((part, found) => lateOf(part, found).recordsCount),
      lateAmendmentsCount: sum((part, found) => lateOf(part, found).amendmentsCount),
      acceptedTicketsCount: sum((part) => part.acceptedCount),
      ticketsOfUnknownCallsCount: sum((_part, { unknownNearby, unknown }) =>
        unknownNearby!.count === 0 ? 0 : unknown!.count,
      ),
    }
  }

  async #parts(range: Range): Promise<Part[]> {
    const lead = { fromAtMs: range.fromAtMs - LEAD_MS, toAtMs: range.fromAtMs }
    const boundaries = boundariesOf(this.#answered.zone, range, 'month')
    const ranges = boundaries.slice(0, -1).map((fromAtMs, at) => ({ fromAtMs, toAtMs: boundaries[at + 1]! }))
    const rows = await this.#rows.of<EvidenceRow>(EVIDENCE_BY_PART, {
      definitions: this.#answered.definitions,
      ...among([lead, ...ranges]),
    })
    const rowOf = new Map(rows.map((row) => [row.part_s * 1000, row]))
    return ranges.map((own, at) => {
      const before = ranges[at - 1] ?? lead
      const row = rowOf.get(own.fromAtMs)
      return {
        range: own,
        before,
        callEvidence: row?.calls ?? 0,
        callEvidenceBefore: rowOf.get(before.fromAtMs)?.calls ?? 0,
        ticketEvidence: row?.tickets ?? 0,
        acceptedCount: row?.accepted ?? 0,
        late: { recordsCount: row?.late ?? 0, amendmentsCount: row?.amendments ?? 0 },
        knowsLate: row?.knows_late ?? true,
      }
    })
  }

  /** From the records themselves, of months that do not know. */
  async #findLate(parts: readonly Part[]): Promise<void> {
    const onOf = (part: Part) => String(part.callEvidence)
    const changed = parts.filter((part) => this.#foundOf(part).late?.on !== onOf(part))
    if (changed.length === 0) return
    const rows = await this.#rows.of<LateRow>(LATE_RECORDS, among(changed.map(({ range }) => range)))
    const rowOf = new Map(rows.map((row) => [row.part_s * 1000, row]))
    for (const part of changed) {
      const row = rowOf.get(part.range.fromAtMs)
      this.#foundOf(part).late = { on: onOf(part), recordsCount: row?.late ?? 0, amendmentsCount: row?.amendments ?? 0 }
    }
  }

  /** First nearby; only for months that have tickets left, among all calls, as long as anything is counted anywhere. */
  async #findUnknown(parts: readonly Part[]): Promise<void> {
    const onOf = (part: Part) => `${part.ticketEvidence} ${part.callEvidence} ${part.callEvidenceBefore}`
    for (const changed of atOnce(parts.filter((part) => this.#foundOf(part).unknownNearby?.on !== onOf(part)))) {
      const calls = { fromAtMs: changed[0]!.before.fromAtMs, toAtMs: changed.at(-1)!.range.toAtMs }
      const countOf = await this.#unknownAmong(calls, changed)
      for (const part of changed) this.#foundOf(part).unknownNearby = { on: onOf(part), count: countOf(part) }
    }
    const left = parts.filter((part) => this.#foundOf(part).unknownNearby!.count > 0)
    if (left.length === 0) return
    const [ledger] = await this.#rows.of<{ state: string }>(LEDGER_STATE, {})
    const on = ledger!.state
    for (const unsure of atOnce(left.filter((part) => this.#foundOf(part).unknown?.on !== on))) {
      const countOf = await this.#unknownAmong(ALL_RECORDS, unsure)
      for (const part of unsure) this.#foundOf(part).unknown = { on, count: countOf(part) }
    }
  }

  async #unknownAmong(calls: Range, parts: readonly Part[]): Promise<(part: Part) => number> {
    const rows = await this.#rows.of<{ part_s: number; of_unknown_calls: number }>(TICKETS_OF_UNKNOWN_CALLS, {
      ...among(parts.map(({ range }) => range)),
      calls_from: new Date(calls.fromAtMs),
      calls_to: new Date(calls.toAtMs),
    })
    const countOf = new Map(rows.map((row) => [row.part_s * 1000, row.of_unknown_calls]))
    return ({ range }) => countOf.get(range.fromAtMs) ?? 0
  }

  #foundOf({ range }: Part): Found {
    const name = `${range.fromAtMs} ${range.toAtMs}`
    const found = this.#found.get(name) ?? {}
    this.#found.set(name, found)
    return found
  }
}

/** Parts in order of time, as many together as hold few ids; one at least. */
function atOnce(parts: readonly Part[]): Part[][] {
  const groups: Part[][] = []
  let ids = Number.POSITIVE_INFINITY
  for (const part of parts) {
    const more = part.callEvidence + part.ticketEvidence
    if (ids + more > IDS_AT_ONCE) {
      groups.push([])
      ids = part.callEvidenceBefore
    }
    groups.at(-1)!.push(part)
    ids += more
  }
  return groups
}

/** What lies between two of the ranges begins a part of its own, which nobody asks for. */
function among(ranges: readonly Range[]): { from: Date; to: Date; starts: number[] } {
  const starts = new Set(ranges.flatMap(({ fromAtMs, toAtMs }) => [fromAtMs / 1000, toAtMs / 1000]))
  return {
    from: new Date(ranges[0]!.fromAtMs),
    to: new Date(ranges.at(-1)!.toAtMs),
    starts: [...starts].sort((one, other) => one - other),
  }
}

interface EvidenceRow {
  part_s: number
  calls: number
  tickets: number
  accepted: number
  late: number
  amendments: number
  knows_late: boolean
}

interface LateRow {
  part_s: number
  late: number
  amendments: number
}
