/**
 * The contract of the log port, on a real broker: what the client library would do in silence, and what we do instead.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Admin, CompressionTypes, Kafka, logLevel, Partitioners } from 'kafkajs'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startBroker } from '../../local/broker.ts'
import type { LocalServer } from '../../local/server.ts'
import { KafkaLogReader } from '../../processors/kafka-log/kafka-log-reader.ts'
import type { StartPosition, TopicPartition } from '../../processors/log-reader.ts'
import { recordHashOf } from '../../processors/record-hash.ts'
import { logBatch } from '../unit/processors/log-batch.ts'
import { until } from './local-processes.ts'

let folder: string
let broker: LocalServer
let kafka: Kafka
let admin: Admin
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steadyline-log-'))
  broker = await startBroker({ folder: join(folder, 'broker'), say: () => {} })
  const retry = { maxRetryTime: 1_000, retries: 40 }
  kafka = new Kafka({ brokers: [broker.address], logLevel: logLevel.NOTHING, retry })
  admin = kafka.admin()
  await admin.connect()
})
afterAll(async () => {
  await admin.disconnect()
  await broker.stop()
  await rm(folder, { recursive: true, force: true })
})

let number = 0
async function newTopic(numPartitions = 1): Promise<string> {
  const topic = `log-${number++}`
  await admin.createTopics({ topics: [{ topic, numPartitions }], waitForLeaders: true })
  return topic
}

async function publish(topic: string, values: string[], partition = 0): Promise<void> {
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner })
  await producer.connect()
  await producer.send({ topic, messages: values.map((value) => ({ value, partition })) })
  await producer.disconnect()
}

interface Reading {
  reader: KafkaLogReader
  /** `partition@offset value` in the order in which they came. */
  read: string[]
  /** `partition: from-next` by batch. */
  ranges: string[]
  fatal: Error[]
  stop(): Promise<void>
}

async function reading(
  topic: string,
  start: (place: TopicPartition) => number | StartPosition | null,
  group = `group-${number++}`,
  isTaken: () => Promise<void> = async () => {},
): Promise<Reading> {
  const read: string[] = []
  const ranges: string[] = []
  const fatal: Error[] = []
  const reader = new KafkaLogReader(
    {
      connection: { brokers: [broker.address], tls: false, sasl: null },
      group,
      topics: [topic],
      sessionMs: 30_000,
      log: pino({ level: 'silent' }),
    },
    {
      onBatch: async (batch) => {
        for (let index = 0; index < batch.messageCount; index++) {
          read.push(`${batch.partition}@${batch.offsetAt(index)} ${batch.valueAt(index)}`)
        }
        ranges.push(`${batch.partition}: ${batch.fromOffset}-${batch.nextOffset}`)
        await isTaken()
      },
      beforeStart: async () => {},
      startPositions: async (places) =>
        places.map((place) => {
          const position = start(place)
          return typeof position === 'number' ? { nextOffset: position, lastRecord: null } : position
        }),
      onFatal: (error) => fatal.push(error),
    },
  )
  await reader.start()
  return { reader, read, ranges, fatal, stop: () => reader.stop() }
}

async function committed(group: string, topic: string): Promise<number[]> {
  const [offsets] = await admin.fetchOffsets({ groupId: group, topics: [topic] })
  return offsets!.partitions.sort((a, b) => a.partition - b.partition).map(({ offset }) => Number(offset))
}

test('it starts where it is told, whatever is committed', async () => {
  const topic = await newTopic()
  await publish(topic, ['a', 'b', 'c', 'd'])
  const group = 'told'
  const first = await reading(topic, () => null, group)
  await until('everything is read', () => first.read.length === 4)
  await first.reader.commit([{ topic, partition: 0, nextOffset: 4 }])
  await first.stop()
  expect(await committed(group, topic)).toEqual([4])
  const second = await reading(topic, () => 2, group)
  await until('the rest is read', () => second.read.length === 2)
  await second.stop()
  expect(second.read).toEqual(['0@2 c', '0@3 d'])
})

test('ranges join without a hole, and nothing is handed over twice', async () => {
  const topic = await newTopic()
  await publish(topic, ['a', 'b'])
  const { read, ranges, stop } = await reading(topic, () => null)
  await until('the first two are read', () => read.length === 2)
  await publish(topic, ['c'])
  await publish(topic, ['d', 'e'])
  await until('all are read', () => read.length === 5)
  await stop()
  let next = 0
  for (const range of ranges) {
    const [from, to] = range.slice(3).split('-').map(Number)
    expect(from).toBe(next)
    next = to!
  }
  expect(next).toBe(5)
})

test('records that were packed with gzip are read like others', async () => {
  const topic = await newTopic()
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner })
  await producer.connect()
  await producer.send({ topic, compression: CompressionTypes.GZIP, messages: [{ value: 'a' }, { value: 'b' }] })
  await producer.disconnect()
  await publish(topic, ['c'])
  const { read, stop } = await reading(topic, () => 1)
  await until('all are read', () => read.length === 2)
  await stop()
  expect(read).toEqual(['0@1 b', '0@2 c'])
})

test('more than one answer holds is read whole, from every partition', async () => {
  const topic = await newTopic(3)
  const large = 'x'.repeat(900_000) // an answer holds 1 MiB of a partition
  for (const partition of [0, 1, 2])
    for (const value of ['a', 'b', 'c']) await publish(topic, [`${value}${large}`], partition)
  const { ranges, stop } = await reading(topic, () => null)
  await until('all are read', () =>
    [0, 1, 2].every((partition) => ranges.some((range) => range === `${partition}: 2-3`)),
  )
  await stop()
})

test('while one answer is taken in slowly, what comes behind it is neither lost nor doubled', async () => {
  const topic = await newTopic()
  await publish(topic, ['a'])
  let goOn: () => void = () => {}
  const isAllowed = new Promise<void>((resolve) => {
    goOn = resolve
  })
  const { read, stop } = await reading(
    topic,
    () => null,
    undefined,
    () => isAllowed,
  )
  await until('the first is read', () => read.length === 1)
  await publish(topic, ['b'])
  await publish(topic, ['c'])
  goOn()
  await until('all are read', () => read.length === 3)
  await stop()
  expect(read).toEqual(['0@0 a', '0@1 b', '0@2 c'])
})

test('control records of a transaction count as offsets without a message, also at the end of the log', async () => {
  const topic = await newTopic()
  const producer = kafka.producer({
    transactionalId: `transaction-${topic}`,
    maxInFlightRequests: 1,
    idempotent: true,
    createPartitioner: Partitioners.DefaultPartitioner,
  })
  await producer.connect()
  const transaction = await producer.transaction()
  await transaction.send({ topic, messages: [{ value: 'a' }] })
  await transaction.commit()
  const aborted = await producer.transaction()
  await aborted.send({ topic, messages: [{ value: 'never' }] })
  await aborted.abort()
  await producer.disconnect()
  const { read, ranges, reader, stop } = await reading(topic, () => null)
  const [end] = await reader.endOffsets(topic)
  expect(end).toBe(4) // a, its commit, the aborted record, its abort
  await until('the end is reached', () => Number(ranges.at(-1)?.split('-')[1] ?? 0) === end)
  await stop()
  expect(read).toEqual(['0@0 a'])
})

test('a log that was truncated below the next record stops us, and nothing is skipped', async () => {
  const topic = await newTopic()
  await publish(topic, ['a', 'b', 'c', 'd'])
  // The client looks for the leader only once, so its first try may fail.
  const truncated = () => admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '3' }] })
  await until('it is truncated', () =>
    truncated().then(
      () => true,
      () => false,
    ),
  )
  const { read, fatal, stop } = await reading(topic, () => 1)
  await until('it stops', () => fatal.length > 0)
  await stop()
  expect(fatal[0]).toMatchObject({ code: 'STEADYLINE_LOG_REPLACED' })
  expect(fatal[0]!.message).toContain(
    `${topic}/0: the next record to count is at offset 1, and the log holds 3 (in) to 4 (out)`,
  )
  expect(read).toEqual([])
})

test('a log that ends before the next record stops us', async () => {
  const topic = await newTopic()
  await publish(topic, ['a'])
  const { fatal, stop } = await reading(topic, () => 7)
  await until('it stops', () => fatal.length > 0)
  await stop()
  expect(fatal[0]).toMatchObject({ code: 'STEADYLINE_LOG_REPLACED' })
})

/** A place that was counted, with the record it ended with: what `progress` keeps. */
async function countedTo(topic: string, values: string[]): Promise<StartPosition> {
  const offset = values.length - 1
  const messages = [{ offset, value: Buffer.from(values.at(-1)!) }]
  return {
    nextOffset: values.length,
    lastRecord: { offset, hash: recordHashOf(logBatch(topic, 0, offset, messages), 0) },
  }
}

async function replaceTopic(topic: string, values: string[]): Promise<void> {
  await admin.deleteTopics({ topics: [topic] })
  await until('it can be made again', () =>
    admin.createTopics({ topics: [{ topic, numPartitions: 1 }], waitForLeaders: true }).then(
      () => true,
      () => false,
    ),
  )
  await until('it is filled', () =>
    publish(topic, values).then(
      () => true,
      () => false,
    ),
  )
}

test('the last record is read again and not handed over again', async () => {
  const topic = await newTopic()
  await publish(topic, ['a', 'b', 'c'])
  const position = await countedTo(topic, ['a', 'b'])
  const { read, ranges, fatal, stop } = await reading(topic, () => position)
  await until('the rest is read', () => read.length > 0)
  await stop()
  expect({ read, ranges, fatal }).toEqual({ read: ['0@2 c'], ranges: ['0: 2-3'], fatal: [] })
})

test('a topic that was deleted and filled again beyond the next record stops us, with and without new records', async () => {
  for (const values of [
    ['x', 'y'],
    ['x', 'y', 'z', 'z'],
  ]) {
    const topic = await newTopic()
    await publish(topic, ['a', 'b'])
    const position = await countedTo(topic, ['a', 'b'])
    await replaceTopic(topic, values)
    const { read, fatal, stop } = await reading(topic, () => position)
    await until('it stops', () => fatal.length > 0)
    await stop()
    expect(fatal[0]).toMatchObject({ code: 'STEADYLINE_LOG_REPLACED' })
    expect(fatal[0]!.message).toContain(`${topic}/0: the record at offset 1 is not the one that was counted there`)
    expect(read).toEqual([])
  }
})

test('a topic that was replaced while we did not read stops us when we read on', async () => {
  const topic = await newTopic()
  await publish(topic, ['a', 'b'])
  let goOn: () => void = () => {}
  const isAllowed = new Promise<void>((resolve) => {
    goOn = resolve
  })
  const { read, fatal, stop } = await reading(
    topic,
    () => null,
    undefined,
    () => isAllowed,
  )
  await until('the first are read', () => read.length === 2)
  const heldFromMs = performance.now()
  await replaceTopic(topic, ['x', 'y', 'z'])
  await until('nothing was read for two seconds', () => performance.now() - heldFromMs > 2_000)
  goOn()
  await until('it stops', () => fatal.length > 0)
  await stop()
  expect(fatal[0]).toMatchObject({ code: 'STEADYLINE_LOG_REPLACED' })
  expect(read).toEqual(['0@0 a', '0@1 b'])
})

test('records that have expired up to the next one stop nobody', async () => {
  const topic = await newTopic()
  await publish(topic, ['a', 'b', 'c'])
  const position = await countedTo(topic, ['a', 'b'])
  await until('it is truncated', () =>
    admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '2' }] }).then(
      () => true,
      () => false,
    ),
  )
  const { read, fatal, stop } = await reading(topic, () => position)
  await until('the rest is read', () => read.length > 0)
  await stop()
  expect({ read, fatal }).toEqual({ read: ['0@2 c'], fatal: [] })
})

test('a partition that was lost is never committed', async () => {
  const topic = await newTopic(2)
  await publish(topic, ['a'], 0)
  await publish(topic, ['b'], 1)
  const group = 'shared'
  const first = await reading(topic, () => null, group)
  await until('both are read', () => first.read.length === 2)
  const second = await reading(topic, () => 1, group)
  await until('each owns one', () => first.reader.owned().length === 1 && second.reader.owned().length === 1)
  await first.reader.commit([0, 1].map((partition) => ({ topic, partition, nextOffset: 1 })))
  const owned = first.reader.owned()[0]!.partition
  const offsets = await committed(group, topic)
  await Promise.all([first.stop(), second.stop()])
  expect(offsets[owned]).toBe(1)
  expect(offsets[1 - owned]).toBe(-1)
})

test('a missing topic is said by name', async () => {
  await expect(reading('never-made', () => null)).rejects.toMatchObject({
    code: 'STEADYLINE_TOPIC_MISSING',
    message: expect.stringContaining('never-made'),
  })
})
