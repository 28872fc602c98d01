/** The log on three brokers: each partition is read from its leader, and on from the next one when that goes. */
import { type Admin, Kafka, logLevel, Partitioners, type Producer } from 'kafkajs'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { KafkaLogReader } from '../../processors/kafka-log/kafka-log-reader.ts'
import { type BrokerCluster, startBrokerCluster } from './broker-cluster.ts'
import { until } from './local-processes.ts'

const TOPIC = 'several'
const PARTITIONS = 6
const MS_MAX = 240_000

let cluster: BrokerCluster
let admin: Admin
let producer: Producer
beforeAll(async () => {
  cluster = await startBrokerCluster()
  const retry = { initialRetryTime: 200, maxRetryTime: 1_000, retries: 100 }
  const kafka = new Kafka({ brokers: cluster.addresses, logLevel: logLevel.NOTHING, retry })
  admin = kafka.admin()
  producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner })
  await Promise.all([admin.connect(), producer.connect()])
  await admin.createTopics({
    topics: [{ topic: TOPIC, numPartitions: PARTITIONS, replicationFactor: 3 }],
    waitForLeaders: true,
  })
})
afterAll(async () => {
  await Promise.all([admin?.disconnect(), producer?.disconnect()].map((ended) => ended?.catch(() => {})))
  await cluster?.stop()
})

async function leaders(): Promise<number[]> {
  const { topics } = await admin.fetchTopicMetadata({ topics: [TOPIC] })
  return topics[0]!.partitions.toSorted((a, b) => a.partitionId - b.partitionId).map(({ leader }) => leader)
}

test('leaders that die and leaders that go in order are followed, and every record is read once', async () => {
  const read: string[] = []
  const fatal: Error[] = []
  const sent: string[] = []
  const send = async (part: string) => {
    const values = Array.from({ length: 60 }, (_, at) => `${part}-${at}`)
    const messages = values.map((value, at) => ({ value, partition: at % PARTITIONS }))
    await producer.send({ topic: TOPIC, acks: -1, messages })
    sent.push(...values)
  }
  const reader = new KafkaLogReader(
    {
      connection: { brokers: cluster.addresses, tls: false, sasl: null },
      group: 'several',
      topics: [TOPIC],
      sessionMs: 30_000,
      log: pino({ level: 'silent' }),
    },
    {
      onBatch: async (batch) => {
        for (let index = 0; index < batch.messageCount; index++) read.push(String(batch.valueAt(index)))
      },
      beforeStart: async () => {},
      startPositions: async (places) => places.map(() => null),
      onFatal: (error) => fatal.push(error),
    },
  )
  await reader.start()
  expect(new Set(await leaders()).size).toBe(3)
  await send('all there')
  await until('all are read from three leaders', () => read.length === sent.length, MS_MAX)

  await cluster.end(2, 'SIGKILL')
  await until('its partitions have other leaders', async () => !(await leaders()).includes(2), MS_MAX)
  await send('one died')
  await until('all are read from two', () => read.length >= sent.length, MS_MAX)

  await cluster.end(3, 'SIGTERM')
  await until('one leads them all', async () => (await leaders()).every((leader) => leader === 1), MS_MAX)
  await send('another has gone')
  await until('all are read from one', () => read.length >= sent.length, MS_MAX)
  await reader.stop()
  expect(fatal).toEqual([])
  // A producer whose broker died may have sent a record twice; the reader hands over what the log holds.
  expect(read.toSorted()).toEqual(expect.arrayContaining(sent.toSorted()))
  const inLog = (await admin.fetchTopicOffsets(TOPIC)).reduce((sum, { high }) => sum + Number(high), 0)
  expect(read.length).toBe(inLog)
})
