import type { AnsweredProfile } from '../answered-profile.ts'
import type { ClickHouseRows } from './clickhouse-rows.ts'
import { queryText } from './query-text.ts'
import type { ReadStoreMeasures, StoreMeasures } from './store-measures.ts'

const LEDGER = queryText('measured-ledger')
const REJECTS = queryText('measured-rejects')
const VERDICTS = queryText('measured-verdicts')
const TABLES = queryText('measured-tables')
const DISKS = queryText('measured-disks')

interface TableRow {
  table: string
  parts: number
  parts_of_partition_max: number
  rows: number
  bytes: number
}

/** Asks one question after the other: whoever watches must not be in the way of those who read. */
export function clickHouseMeasures(rows: ClickHouseRows, { profile, version }: AnsweredProfile): ReadStoreMeasures {
  return async () => {
    const ledger = await rows.of<StoreMeasures['ledger'][number]>(LEDGER, {})
    const rejects = await rows.of<StoreMeasures['rejects'][number]>(REJECTS, {})
    const judged = { profile: profile.id, profile_version: version }
    const verdicts = await rows.of<StoreMeasures['verdicts'][number]>(VERDICTS, judged)
    const tables = await rows.of<TableRow>(TABLES, {})
    const disks = await rows.of<{ disk: string; free_bytes: number; total_bytes: number }>(DISKS, {})
    return {
      ledger,
      rejects,
      verdicts,
      tables: tables.map(({ parts_of_partition_max: partsOfPartitionMax, ...table }) => ({
        ...table,
        partsOfPartitionMax,
      })),
      disks: disks.map((row) => ({ disk: row.disk, freeBytes: row.free_bytes, totalBytes: row.total_bytes })),
    }
  }
}
