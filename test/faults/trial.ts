/** One fault's own topics, group and database: what is sent, who counts it, and whether the counts are the truth. */
import { type ClickHouseClient, createClient } from '@clickhouse/client'
import { ClickHouseStore } from '../../processors/clickhouse-store.ts'
import { ClickHouseAuditedStore } from '../../processors/reconcile/clickhouse-audited-store.ts'
import { reconcileCells } from '../../processors/reconcile/reconcile-cells.ts'
import { reconcileLog } from '../../processors/reconcile/reconcile-log.ts'
import { connectPublisher } from '../../producers/kafka-publisher.ts'
import type { Publisher } from '../../producers/publisher.ts'
import { ClickHouseScenarios } from '../../schemas/clickhouse-scenarios.ts'
import { definitionsHash } from '../../schemas/definitions-hash.ts'
import type { KafkaConnection } from '../../schemas/kafka-connection.ts'
import { type KafkaNames, kafkaNamesOf } from '../../schemas/kafka-names.ts'
import { databaseOf } from '../../schemas/scenario-names.ts'
import { panjin } from '../unit/producers/panjin.ts'
import { countedIn } from './counted.ts'
import { eventually } from './eventually.ts'
import { type ProcessorOptions, ProcessorProcess } from './processor-process.ts'
import type { SentRecord } from './records.ts'
import type { Servers } from './servers.ts'
import { StoreProxy } from './store-proxy.ts'
import { differenceOf, truthOf } from './truth.ts'

const COUNTED_MS_MAX = 240_000
const SERIES = {
  name: definitionsHash(panjin.definitions),
  definitions: panjin.definitions,
  timeZone: panjin.timeZone,
}

const REAL_DATABASE = 'steadyline'
const AS_IT_IS = {
  source: 'faults',
  shift: null,
  shiftRule: null,
  scale: 1,
  seed: 1,
  lines: null,
  regions: null,
  growth: {},
}

export interface EndOffset {
  topic: string
  partition: number
  endOffset: number
}

export interface Outcome {
  /** Messages in the log. */
  recordCount: number
  lost: number
  doubled: number
  /** What `reconcile --log` finds, and rejects that are too many or too few: sentences. */
  problems: string[]
}

export class Trial {
  readonly servers: Servers
  /** Null for the real topics and the real database: there is one such trial at a time. */
  readonly scenario: string | null
  readonly names: KafkaNames
  readonly database: string
  /** What can be sent, in the order of its emission. */
  readonly records: readonly SentRecord[]
  /** What was sent, duplicates and all. */
  readonly sent: SentRecord[] = []
  /** Messages that are to be rejected. */
  poisonCount = 0
  /** Messages that came again while their year was sealed: each a fact of before, or a reject. */
  lateCountMax = 0
  /** Facts of before are deleted, epoch ms; their counts stay. */
  sealedBeforeMs = 0
  readonly proxy: StoreProxy
  readonly client: ClickHouseClient
  #publisher: Publisher | null = null
  readonly #processors: ProcessorProcess[] = []
  readonly #proxies: StoreProxy[] = []

  private constructor(servers: Servers, scenario: string | null, records: readonly SentRecord[], proxy: StoreProxy) {
    this.servers = servers
    this.scenario = scenario
    this.names = kafkaNamesOf(scenario)
    this.database = databaseOf(REAL_DATABASE, scenario)
    this.records = records
    this.proxy = proxy
    this.#proxies.push(proxy)
    this.client = createClient({
      url: servers.store.address,
      database: this.database,
      keep_alive: { enabled: false }, // it is idle for long, and servers are killed under it
      clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
    })
  }

  static async begin(servers: Servers, scenario: string | null, records: readonly SentRecord[]): Promise<Trial> {
    if (scenario !== null) await markScenario(servers.store.address, scenario)
    const proxy = await StoreProxy.start(servers.store.address)
    const trial = new Trial(servers, scenario, records, proxy)
    await trial.connectProducer()
    return trial
  }

  get connection(): KafkaConnection {
    return { brokers: [this.servers.broker.address], tls: false, sasl: null }
  }

  /** Anew, after topics were replaced or have more partitions. Missing topics are made. */
  async connectProducer(): Promise<void> {
    await this.#publisher?.close().catch(() => {}) // one that gave up says so once more
    const { connection, names } = this
    this.#publisher = await connectPublisher({ connection, names, nowMs: Date.now, say: () => {} })
  }

  /** A processor that reads; by its own proxy if one is given. */
  async startProcessor(options: Partial<ProcessorOptions> = {}): Promise<ProcessorProcess> {
    return this.launchProcessor(options).isReady()
  }

  /** The same without waiting: for one that is to stop at once. */
  launchProcessor(options: Partial<ProcessorOptions> = {}): ProcessorProcess {
    const processor = new ProcessorProcess({
      kafkaBrokers: this.servers.broker.address,
      clickhouseUrl: this.proxy.url,
      scenario: this.scenario,
      ...options,
    })
    this.#processors.push(processor)
    return processor
  }

  async startProxy(): Promise<StoreProxy> {
    const proxy = await StoreProxy.start(this.servers.store.address)
    this.#proxies.push(proxy)
    return proxy
  }

  /** Sends a part of the records, from a share (in) to a share (out) of them, and waits until the broker has them. */
  async send(fromShare: number, toShare: number): Promise<void> {
    const share = (part: number) => Math.round(part * this.records.length)
    await this.sendRecords(this.records.slice(share(fromShare), share(toShare)))
  }

  async sendRecords(records: readonly SentRecord[]): Promise<void> {
    const publisher = this.#publisher!
    for (const { topic, key, value } of records) publisher.send(this.names[topic], key, value)
    this.sent.push(...records)
    await publisher.drained()
  }

  /** Messages that are no records. */
  async sendPoison(values: readonly Buffer[]): Promise<void> {
    for (const [index, value] of values.entries()) {
      this.#publisher!.send(this.names.calls, Buffer.from(`poison-${index}`), value)
    }
    this.poisonCount += values.length
    await this.#publisher!.drained()
  }

  /** Says that both topics are complete until an instant. */
  async sendHeartbeats(untilMs: number): Promise<void> {
    for (const topic of [this.names.calls, this.names.tickets]) await this.#publisher!.heartbeat(topic, untilMs)
  }

  rows<Row = any>(query: string): Promise<Row[]> {
    return despiteBrokenConnections(async () => {
      const answer = await this.client.query({ query, format: 'JSONEachRow' })
      return answer.json<Row>()
    })
  }

  /** Waits for a broker that is away: the client gives up at once if nobody answers at the place of a leader it knows. */
  async endOffsets(): Promise<EndOffset[]> {
    const ends: EndOffset[] = []
    await eventually('the broker says how far its log goes', async () => {
      ends.length = 0
      return this.#readEndOffsets(ends).then(
        () => true,
        () => false,
      )
    })
    return ends
  }

  #readEndOffsets(ends: EndOffset[]): Promise<void> {
    const { calls, tickets } = this.names
    return this.servers.administer(async (admin) => {
      for (const topic of [calls, tickets]) {
        for (const { partition, high } of await admin.fetchTopicOffsets(topic)) {
          ends.push({ topic, partition, endOffset: Number(high) })
        }
      }
    })
  }

  /** Offsets that `progress` covers; 0 while the store is away or has no tables. */
  async countedCount(): Promise<number> {
    const query =
      'SELECT sum(until) AS count FROM (SELECT max(next_offset) AS until FROM progress GROUP BY topic, partition)'
    const [row] = await this.rows<{ count: number }>(query).catch(() => [])
    return row?.count ?? 0
  }

  async untilMoreCounted(than = 0): Promise<void> {
    await eventually('something is counted', async () => (await this.countedCount()) > than, COUNTED_MS_MAX)
  }

  /** Waits until `progress` covers everything that is now in the log. */
  async untilCounted(): Promise<void> {
    const ends = await this.endOffsets()
    const store = new ClickHouseStore({ url: this.servers.store.address, database: this.database })
    try {
      await eventually(
        'everything is counted',
        async () => {
          const dead = this.#processors.every((processor) => processor.hasEnded)
          if (dead) throw new Error(`no processor is left: ${this.said()}`)
          const counted = await store.countedUntil(ends).catch(() => [])
          return counted.length > 0 && ends.every(({ endOffset }, index) => (counted[index] ?? 0) >= endOffset)
        },
        COUNTED_MS_MAX,
      )
    } finally {
      await store.close()
    }
  }

  /** Compares what is counted with what was sent, and the store with itself and, unless it was replaced, with the log. */
  async outcome({ isLogWhole = true } = {}): Promise<Outcome> {
    const truth = truthOf(this.sent, this.sealedBeforeMs)
    const counted = await countedIn(this)
    const difference = differenceOf(truth.counts, counted.counts)
    const [facts] = await this.rows<{ calls: number; tickets: number }>(
      'SELECT (SELECT count() FROM call_facts FINAL) AS calls, (SELECT count() FROM ticket_facts FINAL) AS tickets',
    )
    const missing = (kind: 'calls' | 'tickets') => truth.facts[kind] - facts![kind]
    const problems = await despiteBrokenConnections(() => this.#reconciled(isLogWhole))
    const lateCount = counted.rejects - this.poisonCount
    if (lateCount < 0 || lateCount > this.lateCountMax)
      problems.push(
        `${counted.rejects} messages are rejected, expected ${this.poisonCount}${this.lateCountMax === 0 ? '' : ` and at most ${this.lateCountMax} that came too late`}`,
      )
    const recordCount = isLogWhole
      ? (await this.endOffsets()).reduce((sum, { endOffset }) => sum + endOffset, 0)
      : this.sent.length
    return {
      recordCount,
      lost: difference.lost + Math.max(0, missing('calls')) + Math.max(0, missing('tickets')),
      doubled: difference.doubled + Math.max(0, -missing('calls')) + Math.max(0, -missing('tickets')),
      problems,
    }
  }

  /** What `reconcile` does, and with a whole log what `reconcile --log` does. */
  async #reconciled(isLogWhole: boolean): Promise<string[]> {
    const audited = new ClickHouseAuditedStore({ url: this.servers.store.address, database: this.database })
    try {
      const within = { fromAtMs: await audited.sealedBeforeMs(), toAtMs: Number.POSITIVE_INFINITY }
      const cells = await reconcileCells({ audited, series: SERIES, within, onDay: () => {} })
      const problems = cells.map(({ sentence }) => sentence)
      problems.push(...(await audited.unequalRows(SERIES.name)))
      for (const { topic, partition, problem } of await audited.ledgerFaults())
        problems.push(`${topic}/${partition}: ${problem}`)
      if (!isLogWhole) return problems
      const { differences } = await reconcileLog({
        audited,
        connection: this.connection,
        names: this.names,
        registry: null,
        group: `steadyline.audit.${this.scenario}.${process.pid}`,
        onProgress: () => {},
      })
      return [...problems, ...differences]
    } finally {
      await audited.close()
    }
  }

  /** The last words of every processor: for a person who looks into a failure. */
  said(): string {
    return this.#processors.map((processor, index) => `processor ${index}: ${processor.said.slice(-1_500)}`).join('\n')
  }

  /** Ends everybody, and removes the topics and the database. */
  async end(): Promise<void> {
    for (const processor of this.#processors) processor.signal('SIGCONT')
    for (const proxy of this.#proxies) proxy.heal()
    await Promise.all(this.#processors.map((processor) => processor.kill()))
    await this.#publisher?.close()
    for (const proxy of this.#proxies) await proxy.stop()
    await this.client.close()
    const server = createClient({ url: this.servers.store.address })
    await server.command({ query: `DROP DATABASE IF EXISTS ${this.database} SYNC` }).finally(() => server.close())
    const { calls, tickets, rejected, verdicts } = this.names
    await this.servers.administer((admin) => admin.deleteTopics({ topics: [calls, tickets, rejected, verdicts] }))
  }
}

const BROKEN_TRIES = 5

/** A connection that breaks on a machine without breath says nothing of the counts: whoever compares asks again. */
async function despiteBrokenConnections<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (let triesLeft = BROKEN_TRIES; ; triesLeft--) {
    try {
      return await ask()
    } catch (error) {
      const { code, message } = error as { code?: unknown; message: string }
      console.error(`asked again after: ${(error as Error).stack}`)
      if (triesLeft === 0 || !(code === 'ECONNRESET' || message.includes('socket hang up'))) throw error
    }
  }
}

/** A scenario's database bears its mark, or processors would not write to it. */
async function markScenario(url: string, scenario: string): Promise<void> {
  const scenarios = new ClickHouseScenarios({ url, realDatabase: REAL_DATABASE })
  try {
    await scenarios.begin(scenario, { ...AS_IT_IS, madeAtMs: Math.floor(Date.now() / 1_000) * 1_000 })
  } finally {
    await scenarios.close()
  }
}
