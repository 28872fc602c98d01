import type { StoreMeasures } from '../../../api/store/store-measures.ts'

/** One of everything that the store may say of itself. */
export const STORE_MEASURED: StoreMeasures = {
  ledger: [{ topic: 'hotline.calls.v1', facts: 90, rejects: 7, gaps: 2, heartbeats: 1 }],
  rejects: [{ topic: 'hotline.calls.v1', code: 'BAD_ID', messages: 7 }],
  verdicts: [{ verdict: 'deviates', windows: 3 }],
  tables: [{ table: 'call_facts', parts: 12, partsOfPartitionMax: 8, rows: 91, bytes: 4_096 }],
  disks: [{ disk: 'default', freeBytes: 25, totalBytes: 100 }],
}
