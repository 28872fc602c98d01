// Sends one call twice, as a telephone system would: when it ends, and again when the caller has rated it.
// Then a heartbeat: "until this instant nothing is missing".
//
//   KAFKA_BROKERS=127.0.0.1:9092 node docs/examples/connect/send-a-call.mjs
//
// Where a schema registry gives the ids, SCHEMA_REGISTRY_URL says where it is.
import { readFileSync } from 'node:fs'
import avsc from 'avsc'
import { Kafka, logLevel, Partitioners } from 'kafkajs'

const SCHEMA = readFileSync('schemas/call.v1.avsc', 'utf8')
const CallRecord = avsc.Type.forSchema(JSON.parse(SCHEMA))
const registry = process.env.SCHEMA_REGISTRY_URL
const schemaId = registry ? await registeredId(registry) : 1 // call.v1 in schemas/ids.json

/** The registry's id of our schema, which it has from then on if it had none. */
async function registeredId(address) {
  const answer = await fetch(`${address}/subjects/hotline.calls.v1-value/versions`, {
    method: 'POST',
    headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
    body: JSON.stringify({ schema: SCHEMA }),
  })
  if (!answer.ok) throw new Error(`the registry answers ${answer.status}: ${await answer.text()}`)
  return (await answer.json()).id
}

/** Confluent's wire format: a zero byte, the schema's id in four bytes, the record. */
function message(call) {
  const head = Buffer.alloc(5)
  head.writeUInt32BE(schemaId, 1)
  return { key: call.call_id, value: Buffer.concat([head, CallRecord.toBuffer(call)]) }
}

const at = (local) => Date.parse(`${local}+08:00`)
const call = {
  call_id: 'pbx-7-20230310-000123', // unique for ever: a reused number would be another revision of the old call
  revision: 1,
  arrived_at: at('2023-03-10T09:00:00'),
  line: '12345',
  region: '211103',
  direction: 'INBOUND',
  caller: 'c0ffee', // a keyed hash of the number, never the number
  queued_at: at('2023-03-10T09:00:08'),
  answered_at: at('2023-03-10T09:00:15'),
  ended_at: at('2023-03-10T09:04:02'),
  agent: 'seat-07',
  outcome: 'ANSWERED',
  rating: null,
  emitted_at: at('2023-03-10T09:04:03'),
}
// The whole state again, not a change: only the revision, what is new, and when it was written.
const rated = { ...call, revision: 2, rating: 5, emitted_at: at('2023-03-10T09:05:10') }

const kafka = new Kafka({ brokers: process.env.KAFKA_BROKERS.split(','), logLevel: logLevel.ERROR })
const producer = kafka.producer({ idempotent: true, createPartitioner: Partitioners.DefaultPartitioner })
await producer.connect()
await producer.send({ topic: 'hotline.calls.v1', acks: -1, messages: [message(call), message(rated)] })
for (const topic of ['hotline.calls.v1', 'hotline.tickets.v1']) {
  const completeUntil = String(at('2023-03-10T23:59:59'))
  await producer.send({
    topic,
    acks: -1,
    messages: [{ value: null, headers: { 'steadyline-watermark': completeUntil } }],
  })
}
await producer.disconnect()
console.log('One call in two revisions, and a heartbeat for each topic.')
