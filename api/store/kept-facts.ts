/** Whether the records that a question needs are still there: a sealed year keeps its figures, not its facts. */
import type { Range } from '../../kpi/range.ts'
import type { AnsweredProfile } from '../answered-profile.ts'
import type { ClickHouseRows } from './clickhouse-rows.ts'
import { FactsDeletedError } from './facts-deleted-error.ts'
import { queryText } from './query-text.ts'

const KEPT_FACTS = queryText('kept-facts')

/** From when on records are kept, epoch ms: what is older is sealed and deleted. 0 if nothing is. */
export async function recordsFromMs(rows: ClickHouseRows): Promise<number> {
  const [row] = await rows.of<{ before_s: number }>(
    'SELECT toUnixTimestamp(max(before_at)) AS before_s FROM seals WHERE is_sealed',
    {},
  )
  return row!.before_s * 1_000
}

/** @throws FactsDeletedError if a record of the range is deleted, or (with `due`) one of a ticket that is due in it */
export async function requireFacts(
  rows: ClickHouseRows,
  { zone, definitions }: AnsweredProfile,
  { fromAtMs, toAtMs }: Range,
  { what, due = false }: { what: string; due?: boolean },
): Promise<void> {
  const asked = { definitions, from: new Date(fromAtMs), to: new Date(toAtMs) }
  const [kept] = await rows.of<{ before_s: number; due: number }>(KEPT_FACTS, asked)
  const sealedBeforeMs = kept!.before_s * 1_000
  if (fromAtMs < sealedBeforeMs) throw new FactsDeletedError(zone, sealedBeforeMs, `${what} would need them`)
  if (!due || kept!.due === 0) return
  const why = `${what} would need ${kept!.due} tickets of before, which are due in the period`
  throw new FactsDeletedError(zone, sealedBeforeMs, why)
}
