/**
 * The parts that `up` starts: broker and store unless they are named in the environment, then a processor and an API.
 *
 * Each is a process of its own; one that dies is started again, and that is said.
 */
import { createServer } from 'node:net'
import { join } from 'node:path'
import { startBroker } from '../../local/broker.ts'
import type { LocalServer } from '../../local/server.ts'
import { startStore } from '../../local/store.ts'
import type { Supervised } from '../../local/supervise.ts'
import { superviseNode } from '../../local/supervise-node.ts'
import { createTopics } from '../../producers/kafka-topics.ts'
import { SteadylineError } from '../../schemas/errors.ts'
import { kafkaConnectionOf } from '../../schemas/kafka-connection.ts'
import { kafkaNamesOf } from '../../schemas/kafka-names.ts'
import type { Settings } from '../../schemas/settings.ts'
import { PROJECT_ROOT } from '../project-root.ts'
import type { Site } from '../site.ts'
import type { UpRecord } from '../up-record.ts'
import { lastWords, startProcessor } from './processor-part.ts'

/** The library of settings, read before TypeScript's loader is there: a second of processor time less at every start. */
const NODE_ARGS = ['--import', import.meta.resolve('typebox/value')]

/** On a machine with a lot else to do an API takes half a minute to read its libraries. */
const API_READY_MS_MAX = 90_000

export interface Parts {
  /** Settings in which every server has its address. */
  settings: Settings
  record(): UpRecord
  /** Resolves with the reason when a part was given up; never while all is well. */
  givenUp: Promise<Error>
  /** Ends all parts in order: first those that read and write, then the servers. */
  stop(): Promise<void>
}

/** Starts everything. What was started is stopped again if a later part cannot be. */
export async function startParts(site: Site, say: (sentence: string) => void): Promise<Parts> {
  const { settings, dataFolder } = site
  await assertPortIsFree(settings.API_HOST, settings.API_PORT)
  const stops: (() => Promise<void>)[] = []
  const begun = async <Part extends { stop(): Promise<void> }>(part: Promise<Part> | null): Promise<Part | null> => {
    const started = await part
    if (started !== null) stops.unshift(() => started.stop())
    return started
  }
  const stop = async () => {
    for (const stopPart of stops.splice(0)) await stopPart()
  }
  try {
    const servers = await Promise.allSettled([
      begun(settings.KAFKA_BROKERS === undefined ? startBroker({ folder: join(dataFolder, 'broker'), say }) : null),
      begun(settings.CLICKHOUSE_URL === undefined ? startStore({ folder: join(dataFolder, 'store'), say }) : null),
    ])
    for (const server of servers) if (server.status === 'rejected') throw server.reason
    const [broker, store] = servers.map((server) => (server as PromiseFulfilledResult<LocalServer | null>).value)
    const kafkaBrokers = broker?.address ?? settings.KAFKA_BROKERS!
    const clickhouseUrl = store?.address ?? settings.CLICKHOUSE_URL!
    const known: Settings = { ...settings, KAFKA_BROKERS: kafkaBrokers, CLICKHOUSE_URL: clickhouseUrl }
    await createTopics(kafkaConnectionOf(known), kafkaNamesOf(null))
    const env = {
      ...process.env,
      KAFKA_BROKERS: kafkaBrokers,
      CLICKHOUSE_URL: clickhouseUrl,
      STEADYLINE_PROFILE: site.profileFiles.join(','),
      STEADYLINE_DATA: dataFolder,
    }
    const apiUrl = `http://${settings.API_HOST}:${settings.API_PORT}`
    const [api, processor] = await Promise.all([
      begun(startApi(env, settings, apiUrl, dataFolder, say)),
      begun(startProcessor({ env, settings: known, scenario: null, dataFolder, say })),
    ])
    const parts = [broker, store, api, processor].filter((part) => part !== null && part !== undefined)
    return {
      settings: known,
      record: () => ({
        api: apiUrl,
        kafkaBrokers,
        clickhouseUrl,
        pids: {
          up: process.pid,
          ...(broker ? { broker: broker.pid } : {}),
          ...(store ? { store: store.pid } : {}),
          processor: processor!.pid,
          api: api!.pid,
        },
      }),
      givenUp: new Promise((resolve) => {
        for (const part of parts) void part.ended.then((reason) => reason !== null && resolve(reason))
      }),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

function startApi(
  env: NodeJS.ProcessEnv,
  settings: Settings,
  apiUrl: string,
  dataFolder: string,
  say: (sentence: string) => void,
): Promise<Supervised> {
  return superviseNode({
    name: 'API',
    main: join(PROJECT_ROOT, 'api/main.ts'),
    nodeArgs: NODE_ARGS,
    args: [],
    env: { ...env, API_PORT: String(settings.API_PORT) },
    logFile: join(dataFolder, 'logs', 'api.log'),
    readyMsMax: API_READY_MS_MAX,
    ready: async () => (await fetch(`${apiUrl}/health/live`).catch(() => null))?.ok === true,
    explain: ({ code }, logTail) => (code === 1 || code === 2 || code === 3 ? lastWords('API', code, logTail) : null),
    say,
  })
}

function assertPortIsFree(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => {
      const message =
        error.code === 'EADDRINUSE'
          ? `Port ${port} on ${host} is in use. Stop what listens there, or choose another with --port.`
          : `Port ${port} on ${host} cannot be used (${error.code}). Choose another with --port, or another API_HOST.`
      reject(new SteadylineError('STEADYLINE_PORT_IN_USE', 2, message))
    })
    server.listen(port, host, () => server.close(() => resolve()))
  })
}
