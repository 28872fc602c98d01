/** A broker and a store that all faults share. Each fault has topics, a group and a database of its own on them. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Admin, Kafka, logLevel } from 'kafkajs'
import { startBroker } from '../../local/broker.ts'
import type { LocalServer } from '../../local/server.ts'
import { startStore } from '../../local/store.ts'

export interface Servers {
  broker: LocalServer
  store: LocalServer
  /** Does something with Kafka's own administration, over a connection of its own. */
  administer<Result>(action: (admin: Admin) => Promise<Result>): Promise<Result>
  stop(): Promise<void>
}

export async function startServers(): Promise<Servers> {
  const folder = await mkdtemp(join(tmpdir(), 'steadyline-faults-'))
  const say = () => {}
  const [broker, store] = await Promise.all([
    startBroker({ folder: join(folder, 'broker'), say }),
    startStore({ folder: join(folder, 'store'), say }),
  ])
  return {
    broker,
    store,
    async administer(action) {
      const retry = { initialRetryTime: 200, maxRetryTime: 1_000, retries: 30 }
      const admin = new Kafka({ brokers: [broker.address], logLevel: logLevel.NOTHING, retry }).admin()
      await admin.connect()
      try {
        return await action(admin)
      } finally {
        await admin.disconnect()
      }
    },
    async stop() {
      await Promise.all([broker.stop(), store.stop()])
      await rm(folder, { recursive: true, force: true })
    },
  }
}
