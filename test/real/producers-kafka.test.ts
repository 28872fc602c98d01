/** The publisher writes Kafka's wire format by its own hand: a real broker must take it and give it back. */
import { join } from 'node:path'
import { Kafka, type KafkaMessage, logLevel } from 'kafkajs'
import { expect, onTestFinished, test } from 'vitest'
import { startBroker } from '../../local/broker.ts'
import type { LocalServer } from '../../local/server.ts'
import { connectPublisher } from '../../producers/kafka-publisher.ts'
import { partitionOfKey } from '../../producers/kafka-wire/partition-of-key.ts'
import type { Publisher } from '../../producers/publisher.ts'
import { kafkaNamesOf } from '../../schemas/kafka-names.ts'
import { testFolder, until } from './local-processes.ts'

const SECOND = 1_000
const names = kafkaNamesOf(null)

async function broker(): Promise<LocalServer> {
  const started = await startBroker({ folder: join(await testFolder(), 'broker'), say: () => {} })
  onTestFinished(() => started.stop())
  return started
}

async function publisherAt(address: string, say: (sentence: string) => void = () => {}): Promise<Publisher> {
  const connection = { brokers: [address], tls: false, sasl: null }
  const publisher = await connectPublisher({ connection, names, nowMs: Date.now, say })
  onTestFinished(() => publisher.close())
  return publisher
}

function kafkaAt(address: string): Kafka {
  return new Kafka({ brokers: [address], logLevel: logLevel.NOTHING, retry: { maxRetryTime: 500, retries: 40 } })
}

type Read = KafkaMessage & { partition: number }

/** Reads a topic until so many records are there. */
async function read(address: string, topic: string, count: number): Promise<Read[]> {
  const consumer = kafkaAt(address).consumer({ groupId: `test-${topic}`, maxWaitTimeInMs: 100 })
  const messages: Read[] = []
  await consumer.connect()
  await consumer.subscribe({ topic, fromBeginning: true })
  await consumer.run({
    eachBatch: async ({ batch }) => {
      for (const message of batch.messages) messages.push({ ...message, partition: batch.partition })
    },
  })
  await until(`${count} records are read`, () => messages.length >= count)
  await consumer.disconnect()
  return messages
}

const keyOf = (number: number) => Buffer.from(`sim-${number % 1_000}`)

function send(publisher: Publisher, from: number, to: number): void {
  for (let number = from; number < to; number += 1) {
    publisher.send(names.calls, keyOf(number), Buffer.from(`record ${number}`))
  }
}

/** Record numbers by key, in the order in which they lie in the log. */
function numbersByKey(messages: readonly Read[]): Map<string, number[]> {
  const byKey = new Map<string, number[]>()
  for (const { key, value } of messages) {
    const numbers = byKey.get(key!.toString()) ?? []
    numbers.push(Number(value!.toString().slice('record '.length)))
    byKey.set(key!.toString(), numbers)
  }
  return byKey
}

test('records arrive whole, in their partition, in order, and the heartbeat after them', async () => {
  const { address } = await broker()
  const publisher = await publisherAt(address)
  send(publisher, 0, 50_000)
  await publisher.heartbeat(names.calls, 1_700_000_000_000)

  const messages = await read(address, names.calls, 50_001)
  const heartbeats = messages.filter(({ value }) => value === null)
  expect(heartbeats.map(({ headers }) => String(headers!['steadyline-watermark']))).toEqual(['1700000000000'])
  const records = messages.filter(({ value }) => value !== null)
  expect(records).toHaveLength(50_000)
  expect(records.every(({ key, partition }) => partition === partitionOfKey(key!, 8))).toBe(true)
  for (const numbers of numbersByKey(records).values()) expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
})

test('kafkajs’s own producer chooses the same partitions', async () => {
  const { address } = await broker()
  await publisherAt(address)
  const producer = kafkaAt(address).producer()
  await producer.connect()
  const messages = Array.from({ length: 500 }, (_, number) => ({ key: `热线-${number}`, value: 'x' }))
  await producer.send({ topic: names.tickets, messages })
  await producer.disconnect()
  const read500 = await read(address, names.tickets, 500)
  expect(read500.filter(({ key, partition }) => partition !== partitionOfKey(key!, 8))).toEqual([])
})

test('topics are made for records of years ago, and existing ones are left alone', async () => {
  const { address } = await broker()
  const admin = kafkaAt(address).admin()
  await admin.connect()
  onTestFinished(() => admin.disconnect())
  await admin.createTopics({ topics: [{ topic: names.tickets, numPartitions: 3 }], waitForLeaders: true })
  await publisherAt(address)

  const { topics } = await admin.fetchTopicMetadata({ topics: Object.values({ ...names, group: names.calls }) })
  const partitionsOf = (name: string) => topics.find((topic) => topic.name === name)?.partitions.length
  expect([names.calls, names.tickets].map(partitionsOf)).toEqual([8, 3])
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [
      { type: 2, name: names.calls, configNames: ['message.timestamp.type', 'retention.ms', 'cleanup.policy'] },
    ],
  })
  const settings = resources[0]!.configEntries.map(({ configName, configValue }) => `${configName}=${configValue}`)
  expect(settings.sort()).toEqual(['cleanup.policy=delete', 'message.timestamp.type=LogAppendTime', 'retention.ms=-1'])
})

test('a broker that hangs and one that is killed are waited for: nothing is lost', async () => {
  const server = await broker()
  const said: string[] = []
  const publisher = await publisherAt(server.address, (sentence) => said.push(sentence))
  send(publisher, 0, 20_000)
  process.kill(server.pid, 'SIGSTOP')
  send(publisher, 20_000, 40_000)
  publisher.flush()
  await new Promise((resolve) => setTimeout(resolve, 3 * SECOND))
  process.kill(server.pid, 'SIGCONT')
  await publisher.drained()

  process.kill(server.pid, 'SIGKILL')
  send(publisher, 40_000, 60_000)
  await publisher.drained()
  expect(said[0]).toMatch(/^Kafka does not take records/)
  expect(said.at(-1)).toBe('Kafka takes records again.')

  const messages = await read(server.address, names.calls, 60_000)
  const distinct = new Set(messages.map(({ value }) => value!.toString()))
  expect(distinct.size).toBe(60_000)
})

test('without a broker there is one message that says where, and what to do', async () => {
  await expect(publisherAt('127.0.0.1:9')).rejects.toMatchObject({
    code: 'STEADYLINE_KAFKA_NOT_REACHED',
    exitCode: 3,
    message: expect.stringContaining('127.0.0.1:9'),
  })
})
