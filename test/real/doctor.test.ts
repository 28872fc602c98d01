/** The doctor over a running stack: well, in both languages; and one that finds something wrong. */
import { Kafka, logLevel } from 'kafkajs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { callMessage } from '../unit/schemas/messages.ts'
import { freePort, startUp, steadyline, type Up } from './steadyline.ts'

let up: Up
beforeAll(async () => {
  up = await startUp(['--empty'])
  const kafka = new Kafka({ brokers: up.record().kafkaBrokers.split(','), logLevel: logLevel.NOTHING })
  const producer = kafka.producer()
  await producer.connect()
  await producer.send({ topic: 'hotline.calls.v1', messages: [{ value: callMessage() }] })
  await producer.disconnect()
  await up.run('wait', '--timeout', '2m')
})
afterAll(() => up?.stop())

test('where all is well it says what answers, how far behind, room and clocks, and ends with 0', async () => {
  const { exitCode, stdout } = await up.run('doctor', '--lang', 'en')
  expect(exitCode, stdout).toBe(0)
  expect(stdout).toMatch(/✓ Node \d+/)
  expect(stdout).toMatch(/✓ java \d+/)
  expect(stdout).toMatch(/✓ mvn 3/)
  expect(stdout).toMatch(/✓ the disk of .* GiB free/)
  expect(stdout).toMatch(/✓ the clocks of this machine and of ClickHouse are \d+ s apart/)
  expect(stdout).toMatch(/✓ the API at http:\S+ answers/)
  expect(stdout).toMatch(/✓ hotline.calls.v1: Kafka at \S+ and ClickHouse at \S+ answer; 0 records are not counted yet/)
  expect((await up.run('doctor', '--lang', 'zh')).stdout).toContain('有应答；未计 0 条')
})

test('a server that does not answer is named, and it ends with 1', async () => {
  const nobody = `127.0.0.1:${await freePort()}`
  const { clickhouseUrl } = up.record()
  const ended = await steadyline(['doctor', '--lang', 'en'], {
    KAFKA_BROKERS: nobody,
    CLICKHOUSE_URL: clickhouseUrl,
    SCHEMA_REGISTRY_URL: `http://user:secret@${nobody}`,
  })
  expect(ended.exitCode).toBe(1)
  expect(ended.stdout).toMatch(new RegExp(`✗ Schema registry: .*http://${nobody} does not answer`))
  expect(ended.stdout).toMatch(/✗ hotline.calls.v1: Kafka does not answer/)
  expect(ended.stdout).not.toContain('secret')
})
