/** A broker and a store that all faults share. Each fault has topics, a group and a database of its own on them. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Admin, Kafka, logLevel } from 'kafkajs'
import { startBroker } from '../../local/broker.ts'
import type { LocalServer } from '../../local/server.ts'
import { startStore } from '../../local/store.ts'
import { SmallDisk } from './small-disk.ts'

/** A server that faults are done to. */
export interface TrialServer {
  /** The same after a restart. */
  readonly address: string
  /** Of the process that runs now, 0 while none does. Another one after a restart. */
  readonly pid: number
  /** SIGKILL and SIGTERM end it, and it is started again; SIGSTOP and SIGCONT let it stand still and go on. */
  signal(signal: NodeJS.Signals): Promise<void>
}

export interface Servers {
  broker: TrialServer
  store: TrialServer
  /** That of the embedded server which was asked to have a small one. */
  readonly disk: SmallDisk | null
  /** Does something with Kafka's own administration, over a connection of its own. */
  administer<Result>(action: (admin: Admin) => Promise<Result>): Promise<Result>
  stop(): Promise<void>
}

/** Room for what a fault sends, and little more. */
const SMALL_DISK_MB = 320

export type SmallDiskOf = 'broker' | 'store'

/** On this machine; in containers where `npm run test:containers` asks for them. */
export async function startServers({ smallDiskOf }: { smallDiskOf?: SmallDiskOf | undefined } = {}): Promise<Servers> {
  return process.env.TEST_SERVERS === 'containers' ? startContainers() : startEmbedded(smallDiskOf)
}

async function startContainers(): Promise<Servers> {
  const { requireEngine } = await import('../containers/engine.ts')
  const { startClickHouse, startKafka } = await import('../containers/servers.ts')
  await requireEngine()
  const [broker, store] = await Promise.all([startKafka(), startClickHouse()])
  return serversOf(broker, store, null, async () => void (await Promise.all([broker.stop(), store.stop()])))
}

async function startEmbedded(smallDiskOf: SmallDiskOf | undefined): Promise<Servers> {
  const folder = await mkdtemp(join(tmpdir(), 'steadyline-faults-'))
  const say = () => {}
  const disk = smallDiskOf === undefined ? null : SmallDisk.mount(join(folder, smallDiskOf), SMALL_DISK_MB)
  const [broker, store] = await Promise.all([
    startBroker({ folder: join(folder, 'broker'), say }),
    startStore({ folder: join(folder, 'store'), say }),
  ])
  return serversOf(signalled(broker), signalled(store), disk, async () => {
    await Promise.all([broker.stop(), store.stop()])
    disk?.unmount()
    await rm(folder, { recursive: true, force: true })
  })
}

function signalled(server: LocalServer): TrialServer {
  return {
    address: server.address,
    get pid() {
      return server.pid
    },
    signal: async (signal) => void process.kill(server.pid, signal),
  }
}

function serversOf(
  broker: TrialServer,
  store: TrialServer,
  disk: SmallDisk | null,
  stop: () => Promise<void>,
): Servers {
  const servers: Servers = {
    broker,
    store,
    disk,
    stop,
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
  }
  return servers
}
