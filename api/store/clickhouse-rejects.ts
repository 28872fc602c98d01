/** Reads from table `rejects`, which holds where messages stand and why they do not count, and nothing of what they hold. */
import type { ClickHouseRows } from './clickhouse-rows.ts'
import { queryText } from './query-text.ts'
import type { Reject, RejectQuestion, RejectReader } from './reject-reader.ts'

const REJECTS = queryText('rejects')
const REJECTS_BY_CODE = queryText('rejects-by-code')

export class ClickHouseRejects implements RejectReader {
  readonly #rows: ClickHouseRows

  constructor(rows: ClickHouseRows) {
    this.#rows = rows
  }

  rejects({ code, topic, after, rowsMax }: RejectQuestion): Promise<Reject[]> {
    return this.#rows.of<Reject>(REJECTS, {
      codes: code === null ? [] : [code],
      topics: topic === null ? [] : [topic],
      after_topic: after?.topic ?? '',
      after_partition: after?.partition ?? -1,
      after_offset: after?.offset ?? -1,
      rows_max: rowsMax,
    })
  }

  async countsByCode(): Promise<Record<string, number>> {
    const rows = await this.#rows.of<{ code: string; messages: number }>(REJECTS_BY_CODE, {})
    return Object.fromEntries(rows.map(({ code, messages }) => [code, messages]))
  }
}
