/** Asks ClickHouse what its tables are made of now. */
import type { ClickHouseRows } from './clickhouse-rows.ts'
import { queryText } from './query-text.ts'
import type { ReadStoreState } from './store-state.ts'

const STORE_STATE = queryText('store-state')

export function clickHouseState(rows: ClickHouseRows): ReadStoreState {
  return async () => {
    const [row] = await rows.of<{ state: string }>(STORE_STATE, {})
    return row!.state
  }
}
