/** Waits until a store has no merge under way: what an insert leaves to be done later is a cost of it, too. */
import { setTimeout as waitMs } from 'node:timers/promises'
import { askStore } from '../store-client.ts'

const LOOK_EVERY_MS = 250
/** A merge that becomes due is begun within this time. */
const QUIET_LOOKS = 4
const LOOKS_MAX = 400

export async function settled(address: string, database: string): Promise<void> {
  let quietLooks = 0
  for (let look = 0; look < LOOKS_MAX && quietLooks < QUIET_LOOKS; look += 1) {
    const [merges] = await askStore<{ count: number }>(
      address,
      `SELECT count() AS count FROM system.merges WHERE database = '${database}'`,
    )
    quietLooks = merges!.count === 0 ? quietLooks + 1 : 0
    await waitMs(LOOK_EVERY_MS)
  }
}
