import { execFileSync } from 'node:child_process'
import { mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { Kafka, logLevel } from 'kafkajs'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startBroker } from '../../local/broker.ts'
import type { LocalServer } from '../../local/server.ts'
import { isGone, SOON_MS_MAX, startParent, testFolder, until } from './local-processes.ts'

const TOPIC = 'hotline.test'
const SECOND = 1_000

async function brokerIn(folder: string, say: (sentence: string) => void = () => {}): Promise<LocalServer> {
  const broker = await startBroker({ folder: join(folder, 'broker'), say })
  onTestFinished(() => broker.stop())
  return broker
}

function kafkaAt(address: string): Kafka {
  return new Kafka({
    brokers: [address],
    logLevel: logLevel.NOTHING,
    retry: { initialRetryTime: 50, maxRetryTime: 500, retries: 40 },
  })
}

async function makeTopic(kafka: Kafka): Promise<void> {
  const admin = kafka.admin()
  await admin.connect()
  await admin.createTopics({ topics: [{ topic: TOPIC, numPartitions: 2 }] })
  await admin.disconnect()
}

async function produce(kafka: Kafka, from: number, to: number): Promise<void> {
  const producer = kafka.producer()
  await producer.connect()
  const messages = Array.from({ length: to - from }, (_, index) => ({
    key: `call-${from + index}`,
    value: `${from + index}`,
  }))
  await producer.send({ topic: TOPIC, acks: -1, messages })
  await producer.disconnect()
}

async function consume(kafka: Kafka, count: number): Promise<number[]> {
  const consumer = kafka.consumer({ groupId: `test-${count}-${Math.random()}`, maxWaitTimeInMs: 100 })
  const values: number[] = []
  await consumer.connect()
  await consumer.subscribe({ topic: TOPIC, fromBeginning: true })
  await consumer.run({ eachMessage: async ({ message }) => void values.push(Number(message.value)) })
  await until(`${count} records are read`, () => values.length >= count)
  await consumer.disconnect()
  return values.sort((a, b) => a - b)
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index)

describe('the broker', () => {
  test('can be used at once: a consumer group and a transaction work the first time they are tried', async () => {
    const { address } = await brokerIn(await testFolder())
    const kafka = new Kafka({ brokers: [address], logLevel: logLevel.NOTHING, retry: { retries: 1 } })
    await makeTopic(kafka)
    const producer = kafka.producer({ transactionalId: 'first-try', maxInFlightRequests: 1, idempotent: true })
    await producer.connect()
    const transaction = await producer.transaction()
    await transaction.send({ topic: TOPIC, messages: [{ value: '0' }] })
    await transaction.sendOffsets({
      consumerGroupId: 'first-group',
      topics: [{ topic: TOPIC, partitions: [{ partition: 0, offset: '7' }] }],
    })
    await transaction.commit()
    await producer.disconnect()
    const admin = kafka.admin()
    await admin.connect()
    const [offsets] = await admin.fetchOffsets({ groupId: 'first-group', topics: [TOPIC] })
    await admin.disconnect()
    expect(offsets?.partitions.find(({ partition }) => partition === 0)?.offset).toBe('7')
    expect(await consume(kafkaAt(address), 1)).toEqual([0])
  })

  test('makes no topic because of a mistyped name', async () => {
    const { address } = await brokerIn(await testFolder())
    const producer = new Kafka({ brokers: [address], logLevel: logLevel.NOTHING, retry: { retries: 1 } }).producer()
    await producer.connect()
    await expect(producer.send({ topic: 'hotlin.calls', messages: [{ value: 'x' }] })).rejects.toThrow(
      /topic-partition/,
    )
    await producer.disconnect()
  })

  test('comes back soon after kill -9, at the same address, with every acknowledged record', async () => {
    const said: string[] = []
    const broker = await brokerIn(await testFolder(), (sentence) => said.push(sentence))
    const { address, pid } = broker
    const kafka = kafkaAt(address)
    await makeTopic(kafka)
    await produce(kafka, 0, 5_000)
    process.kill(pid, 'SIGKILL')
    const isBack = () => said.some((sentence) => sentence.includes('answers again'))
    expect(await until('the broker answers again', isBack)).toBeLessThan(SOON_MS_MAX)
    expect(broker.address).toBe(address)
    expect(broker.pid).not.toBe(pid)
    await produce(kafka, 5_000, 6_000)
    expect(await consume(kafka, 6_000)).toEqual(upTo(6_000))
  })

  test('goes on after it was stopped for longer than its session lasts', async () => {
    const { address, pid } = await brokerIn(await testFolder())
    const kafka = kafkaAt(address)
    await makeTopic(kafka)
    process.kill(pid, 'SIGSTOP')
    setTimeout(() => process.kill(pid, 'SIGCONT'), 3 * SECOND)
    await produce(kafka, 0, 1_000)
    expect(await consume(kafka, 1_000)).toEqual(upTo(1_000))
  })

  test('keeps records, offsets and its port over an ordered stop and start', async () => {
    const folder = await testFolder()
    const first = await brokerIn(folder)
    await makeTopic(kafkaAt(first.address))
    await produce(kafkaAt(first.address), 0, 100)
    await first.stop()
    const second = await brokerIn(folder)
    expect(second.address).toBe(first.address)
    expect(await consume(kafkaAt(second.address), 100)).toEqual(upTo(100))
  })

  test('refuses a data folder that another one has, and that one does not notice', async () => {
    const folder = await testFolder()
    const first = await brokerIn(folder)
    const { pid } = first
    const second = startBroker({ folder: join(folder, 'broker'), say: () => {} })
    await expect(second).rejects.toMatchObject({ code: 'STEADYLINE_DATA_FOLDER_IN_USE', exitCode: 2 })
    await makeTopic(kafkaAt(first.address))
    expect(first.pid).toBe(pid) // Kafka's own lock comes after its controller has written: the first one died of that
  })

  test('ends soon when its parent is killed, and its folder can be used again at once', async () => {
    const folder = await testFolder()
    const { parentPid, answer } = await startParent(folder, ['broker'])
    const [pid = 0] = answer.pids
    await makeTopic(kafkaAt(answer.addresses[0] ?? ''))
    await produce(kafkaAt(answer.addresses[0] ?? ''), 0, 500)
    process.kill(parentPid, 'SIGKILL')
    const [tookMs, next] = await Promise.all([until('the broker ends', () => isGone(pid)), brokerIn(folder)])
    expect(tookMs).toBeLessThan(SOON_MS_MAX)
    expect(await consume(kafkaAt(next.address), 500)).toEqual(upTo(500))
  })
})

describe('a machine without Java or Maven', () => {
  const INSTALL_LINE = 'apt-get install -y openjdk-17-jre-headless maven'

  test('is told to install them', async () => {
    const folder = await testFolder()
    const { answer, exitCode } = await startParent(folder, ['broker'], { ...process.env, PATH: folder })
    expect(answer.error).toMatchObject({ code: 'STEADYLINE_JAVA_MISSING', exitCode: 3 })
    expect(answer.error?.message).toContain(INSTALL_LINE)
    expect(await exitCode).toBe(3)
  })

  test('is told so too when Maven alone is missing and the jars are not in the cache', async () => {
    const folder = await testFolder()
    const programs = join(folder, 'programs')
    await mkdir(programs)
    const java = execFileSync('/bin/sh', ['-c', 'command -v java'], { encoding: 'utf8' }).trim()
    await symlink(java, join(programs, 'java'))
    const env = { ...process.env, PATH: programs, TEST_CACHE_FOLDER: join(folder, 'cache') }
    const { answer } = await startParent(folder, ['broker'], env)
    expect(answer.error).toMatchObject({ code: 'STEADYLINE_MAVEN_MISSING', exitCode: 3 })
    expect(answer.error?.message).toContain(INSTALL_LINE)
  })
})
