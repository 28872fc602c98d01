/** Ids from a real registry on a real broker: other ones than 1 and 2, a new one in the middle, and a registry that is away. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import avro from 'avsc'
import { Kafka, logLevel } from 'kafkajs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { HttpSchemaRegistry } from '../../schemas/registry/http-schema-registry.ts'
import { subjectOf } from '../../schemas/registry/registered-ids.ts'
import { type AvroRecordSchema, schemaOf } from '../../schemas/wire-format.ts'
import { wire } from '../unit/schemas/messages.ts'
import { someCall } from '../unit/schemas/records.ts'
import { type Apicurio, startApicurio } from './apicurio.ts'
import { until } from './local-processes.ts'
import { startUp, type Up } from './steadyline.ts'

const CALLS = 'hotline.calls.v1'
const CALL = schemaOf('call.v1')
const MS_MAX = 120_000

let apicurio: Apicurio
let registry: HttpSchemaRegistry
let up: Up
beforeAll(async () => {
  apicurio = await startApicurio()
  registry = new HttpSchemaRegistry(apicurio.url)
  // Others are there before: our schemas do not get the ids 1 and 2.
  for (const name of ['A', 'B', 'C']) await registry.register(`${name}-value`, { type: 'record', name, fields: [] })
  up = await startUp(['--empty'], { env: { SCHEMA_REGISTRY_URL: apicurio.url } })
}, 600_000)
afterAll(async () => {
  await up?.stop()
  await apicurio?.stop()
})

async function publish(...values: Buffer[]): Promise<void> {
  const kafka = new Kafka({ brokers: up.record().kafkaBrokers.split(','), logLevel: logLevel.NOTHING })
  const producer = kafka.producer()
  await producer.connect()
  await producer.send({ topic: CALLS, messages: values.map((value) => ({ key: 'one partition', value })) })
  await producer.disconnect()
}

function callBy(schema: AvroRecordSchema, id: number, call_id: string, more: Record<string, unknown> = {}): Buffer {
  return wire(id, avro.Type.forSchema(schema as never).toBuffer({ ...someCall(), call_id, ...more }))
}

const countedCalls = () => up.rows<{ call_id: string }>('SELECT DISTINCT call_id FROM call_facts ORDER BY call_id')
const rejects = () => up.rows<{ code: string }>('SELECT code FROM rejects FINAL ORDER BY offset')
const isCounted = (id: string) => async () => (await countedCalls()).some(({ call_id }) => call_id === id)

function widened(name: string): AvroRecordSchema {
  return { ...CALL, fields: [...CALL.fields, { name, type: ['null', 'string'], default: null }] }
}

test('records under ids of the registry are counted, and the ids of ids.json mean nothing there', {
  timeout: 300_000,
}, async () => {
  const id = await registry.register(subjectOf('call.v1'), CALL)
  expect(id).toBeGreaterThan(3)
  await publish(callBy(CALL, id, 'by-registry'), callBy(CALL, 1, 'by-file'))
  await until('it is counted', isCounted('by-registry'), MS_MAX)
  await until('the other is rejected', async () => (await rejects()).length === 1, MS_MAX)
  expect(await rejects()).toEqual([{ code: 'UNKNOWN_SCHEMA' }])
})

test('a new form under a new id is learned in the middle of the stream', { timeout: 300_000 }, async () => {
  const next = widened('queue_name')
  const id = await registry.register(subjectOf('call.v1'), next)
  await publish(callBy(next, id, 'of-new-form', { queue_name: 'a' }))
  await until('it is counted', isCounted('of-new-form'), MS_MAX)
})

test('the example of docs/connect.md asks the registry for its id', { timeout: 300_000 }, async () => {
  await promisify(execFile)(process.execPath, ['docs/examples/connect/send-a-call.mjs'], {
    env: { ...process.env, KAFKA_BROKERS: up.record().kafkaBrokers, SCHEMA_REGISTRY_URL: apicurio.url },
  })
  await until('its call is counted', isCounted('pbx-7-20230310-000123'), MS_MAX)
  expect(await rejects()).toHaveLength(1)
})

test('while the registry is away known ids go on, and a new one waits and is not rejected', {
  timeout: 400_000,
}, async () => {
  const known = (await registry.formsOf(subjectOf('call.v1')))[0]!.id
  const next = widened('survey')
  const id = await registry.register(subjectOf('call.v1'), next)
  apicurio.standStill()
  try {
    await publish(callBy(CALL, known, 'known-while-away'))
    await until('it is counted', isCounted('known-while-away'), MS_MAX)
    await publish(callBy(next, id, 'new-while-away', { survey: 'b' }))
    const waits = async () => (await up.run('wait', '--timeout', '5s')).exitCode === 1
    expect(await waits()).toBe(true)
    expect(await rejects()).toHaveLength(1)
  } finally {
    apicurio.goOn()
  }
  await until('it is counted once the registry is back', isCounted('new-while-away'), MS_MAX)
  expect(await rejects()).toHaveLength(1)
  const log = await up.run('reconcile', '--log')
  expect(log.stdout).toContain('is a fact, a reject or a heartbeat')
  expect(log.exitCode).toBe(0)
})
