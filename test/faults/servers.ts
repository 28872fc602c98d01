/** A broker and a store that all faults share. Each fault has topics, a group and a database of its own on them. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Admin, Kafka, logLevel } from 'kafkajs'
import { startBroker } from '../../local/broker.ts'
import type { LocalServer } from '../../local/server.ts'
import { startStore } from '../../local/store.ts'
import { SmallDisk } from './small-disk.ts'

export interface Servers {
  broker: LocalServer
  store: LocalServer
  /** The store's, if it was asked to be a small one. */
  readonly disk: SmallDisk | null
  /** Does something with Kafka's own administration, over a connection of its own. */
  administer<Result>(action: (admin: Admin) => Promise<Result>): Promise<Result>
  stop(): Promise<void>
}

/** Room for what a fault sends, and little more. */
const SMALL_DISK_MB = 320

export async function startServers({ hasSmallDisk = false } = {}): Promise<Servers> {
  const folder = await mkdtemp(join(tmpdir(), 'steadyline-faults-'))
  const say = () => {}
  const disk = hasSmallDisk ? SmallDisk.mount(join(folder, 'store'), SMALL_DISK_MB) : null
  const [broker, store] = await Promise.all([
    startBroker({ folder: join(folder, 'broker'), say }),
    startStore({ folder: join(folder, 'store'), say }),
  ])
  const servers: Servers = {
    broker,
    store,
    disk,
    async administer(action) {
      // As long as a broker that was killed may take to come back on a machine that does much else.
      const retry = { initialRetryTime: 200, maxRetryTime: 1_000, retries: 240 }
      const admin = new Kafka({ brokers: [servers.broker.address], logLevel: logLevel.NOTHING, retry }).admin()
      await admin.connect()
      try {
        return await action(admin)
      } finally {
        await admin.disconnect()
      }
    },
    async stop() {
      await Promise.all([servers.broker.stop(), store.stop()])
      disk?.unmount()
      await rm(folder, { recursive: true, force: true })
    },
  }
  return servers
}
