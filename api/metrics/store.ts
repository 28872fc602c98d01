/** What the store knows of the work and of itself, read when Prometheus asks; absent where the store does not say. */
import { Counter, Gauge, type Registry } from 'prom-client'
import { VERDICTS } from '../../kpi/statistics/verdict.ts'
import { StoreBusyError } from '../store/store-busy-error.ts'
import type { ReadStoreMeasures } from '../store/store-measures.ts'
import { StoreUnreachableError } from '../store/store-unreachable-error.ts'

export function measureStore(registry: Registry, readMeasures: ReadStoreMeasures): () => Promise<void> {
  const named = (name: string, help: string) => ({ name: `steadyline_${name}`, help, registers: [registry] })
  const records = new Counter({
    ...named('records_total', 'What was counted, by what became of it.'),
    labelNames: ['topic', 'kind'],
  })
  const rejects = new Counter({
    ...named('rejects_total', 'Messages that were not counted.'),
    labelNames: ['topic', 'code'],
  })
  const verdicts = new Gauge({
    ...named('judged_windows', 'Windows of the profile by their last verdict.'),
    labelNames: ['verdict'],
  })
  const parts = new Gauge({ ...named('store_parts', 'Active parts of a table.'), labelNames: ['table'] })
  const partsMax = new Gauge({
    ...named('store_parts_of_partition_max', 'Most active parts in one partition of a table.'),
    labelNames: ['table'],
  })
  const rows = new Gauge({ ...named('store_rows', 'Rows of a table, duplicates included.'), labelNames: ['table'] })
  const bytes = new Gauge({ ...named('store_bytes', 'Bytes of a table on disk.'), labelNames: ['table'] })
  const free = new Gauge({
    ...named('store_disk_free_bytes', 'Free bytes of a disk of the store.'),
    labelNames: ['disk'],
  })
  const total = new Gauge({ ...named('store_disk_bytes', 'Size of a disk of the store, bytes.'), labelNames: ['disk'] })

  return async () => {
    for (const one of [records, rejects, verdicts, parts, partsMax, rows, bytes, free, total]) one.reset()
    const measures = await readMeasures().catch(unlessExpected)
    if (measures === null) return
    for (const { topic, facts, rejects, gaps, heartbeats } of measures.ledger) {
      records.inc({ topic, kind: 'fact' }, facts)
      records.inc({ topic, kind: 'reject' }, rejects)
      records.inc({ topic, kind: 'gap' }, gaps)
      records.inc({ topic, kind: 'heartbeat' }, heartbeats)
    }
    for (const { topic, code, messages } of measures.rejects) rejects.inc({ topic, code }, messages)
    for (const verdict of VERDICTS) verdicts.set({ verdict }, 0) // none is a count, too
    for (const { verdict, windows } of measures.verdicts) verdicts.set({ verdict }, windows)
    for (const { table, ...of } of measures.tables) {
      parts.set({ table }, of.parts)
      partsMax.set({ table }, of.partsOfPartitionMax)
      rows.set({ table }, of.rows)
      bytes.set({ table }, of.bytes)
    }
    for (const { disk, freeBytes, totalBytes } of measures.disks) {
      free.set({ disk }, freeBytes)
      total.set({ disk }, totalBytes)
    }
  }
}

/** That a store is away or busy is told by other gauges; a query that it refuses is a fault, and its answer says so. */
function unlessExpected(error: unknown): null {
  if (error instanceof StoreUnreachableError || error instanceof StoreBusyError) return null
  throw error
}
