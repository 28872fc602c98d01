/**
 * A store in memory with the rules of ReplacingMergeTree: inserts make parts, parts merge at any time or never, and FINAL
 * reads as if all had merged. It reads the bytes that ClickHouse would read.
 */
import { CALL_OUTCOMES, DIRECTIONS } from '../../kpi/call.ts'
import type { Definitions } from '../../kpi/definitions.ts'
import { type CallFact, type CellRow, expectedCallCells } from '../../processors/reconcile/expected-cells.ts'
import { type FactRows, type LedgerRange, type RejectedMessage, refusedRow } from '../../processors/span.ts'
import { factRowsOf } from '../unit/schemas/native-rows.ts'

/** Of rows with one key, the greatest version stays; of equal versions the last inserted. */
class ReplacingTable<Row> {
  readonly #keyOf: (row: Row) => string
  readonly #versionOf: (row: Row) => number
  /** In order of insertion. */
  #parts: Row[][] = []

  constructor(keyOf: (row: Row) => string, versionOf: (row: Row) => number = () => 0) {
    this.#keyOf = keyOf
    this.#versionOf = versionOf
  }

  insert(rows: readonly Row[]): void {
    if (rows.length > 0) this.#parts.push([...rows])
  }

  /** Merges two parts that lie beside each other, as the server does whenever it likes. */
  mergeSome(which: number): void {
    if (this.#parts.length < 2) return
    const first = which % (this.#parts.length - 1)
    this.#parts.splice(first, 2, this.#merged(this.#parts.slice(first, first + 2).flat()))
  }

  /** Every row that is still there, winners and others. */
  all(): Row[] {
    return this.#parts.flat()
  }

  final(): Row[] {
    return this.#merged(this.all())
  }

  #merged(rows: readonly Row[]): Row[] {
    const winners = new Map<string, Row>()
    for (const row of rows) {
      const winner = winners.get(this.#keyOf(row))
      if (winner === undefined || this.#versionOf(row) >= this.#versionOf(winner)) winners.set(this.#keyOf(row), row)
    }
    return [...winners.values()]
  }
}

export interface StoredCell extends CellRow {
  cellAtMs: number
  version: number
}

/** Is given the evidence of a row and how many rows were inserted before it. The design returns the evidence. */
export type VersionOf = (evidence: number, insertedCount: number) => number

export class MemoryStore {
  readonly facts = new ReplacingTable<CallFact>((fact) =>
    [fact.arrivedAtMs, fact.callId, fact.revision, fact.emittedAtMs, fact.contentText].join(' '),
  )
  readonly rejects = new ReplacingTable<RejectedMessage>(({ partition, offset }) => `${partition}@${offset}`)
  readonly cells = new ReplacingTable<StoredCell>(
    ({ cellAtMs }) => String(cellAtMs),
    ({ version }) => version,
  )
  readonly progress = new ReplacingTable<LedgerRange>(
    ({ partition, fromOffset, nextOffset }) => `${partition} ${fromOffset} ${nextOffset}`,
  )
  readonly #definitions: Definitions
  readonly #versionOf: VersionOf
  #insertedCells = 0

  constructor(definitions: Definitions, versionOf: VersionOf = (evidence) => evidence) {
    this.#definitions = definitions
    this.#versionOf = versionOf
  }

  /** Inserts facts, and gives back those of a line that this store is said not to take. */
  insertFacts(rows: FactRows): RejectedMessage[] {
    const facts = callFactsOf(rows)
    this.facts.insert(facts.filter(({ line }) => line !== REFUSED_LINE))
    return facts.flatMap(({ line }, row) => (line === REFUSED_LINE ? [refusedRow(rows, row, 'refused')] : []))
  }

  /** Reads cells on one snapshot; what it returns inserts them, which may be much later. */
  recompute(cellsAtMs: ReadonlySet<number>): () => void {
    const read = expectedCallCells(this.facts.final(), this.#definitions)
    const rows = [...read].filter(([cellAtMs]) => cellsAtMs.has(cellAtMs))
    return () => {
      this.cells.insert(
        rows.map(([cellAtMs, row]) => ({
          ...row,
          cellAtMs,
          version: this.#versionOf(row.evidence, this.#insertedCells++),
        })),
      )
    }
  }

  /** The end (out) of what a partition has counted without a hole; null where nothing is. */
  countedUntil(partition: number): number | null {
    const ranges = this.progress.final().filter((range) => range.partition === partition)
    ranges.sort((one, other) => one.fromOffset - other.fromOffset || one.nextOffset - other.nextOffset)
    if (ranges[0] === undefined) return null
    let until = ranges[0].fromOffset
    for (const { fromOffset, nextOffset } of ranges) {
      if (fromOffset > until) break
      until = Math.max(until, nextOffset)
    }
    return until
  }
}

/** Calls of this line are refused by the store for their content. */
export const REFUSED_LINE = 'refused'

/** Rows of `call_facts` from the bytes that are sent. */
function callFactsOf(rows: FactRows): CallFact[] {
  return factRowsOf(rows.block).map((row) => {
    const number = (name: string) => Number(row[name])
    const numberOrNull = (name: string) => (row[name] === null ? null : Number(row[name]))
    return {
      callId: String(row.call_id),
      arrivedAtMs: number('arrived_at'),
      revision: number('revision'),
      emittedAtMs: number('emitted_at'),
      content: row.content as bigint,
      contentText: String(row.content),
      line: String(row.line),
      region: String(row.region),
      direction: DIRECTIONS[number('direction')]!,
      caller: String(row.caller),
      queuedAtMs: numberOrNull('queued_at'),
      answeredAtMs: numberOrNull('answered_at'),
      endedAtMs: number('ended_at'),
      agent: row.agent as string | null,
      outcome: CALL_OUTCOMES[number('outcome')]!,
      rating: numberOrNull('rating'),
    }
  })
}
