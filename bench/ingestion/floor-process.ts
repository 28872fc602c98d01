/** Reads a topic from its start with kafkajs, with answers as large as the processor asks for. Arguments: brokers, topic, records, read|decode. */
import { randomUUID } from 'node:crypto'
import { Kafka, logLevel } from 'kafkajs'
import { layOut } from '../../schemas/avro-fields.ts'
import { AvroRecordDecoder } from '../../schemas/avro-record-decoder.ts'
import { schemaOf, WIRE_HEADER_BYTES } from '../../schemas/wire-format.ts'
import type { FloorEnd } from './floor.ts'

const [brokers, topic, records, work] = process.argv.slice(2) as [string, string, string, string]
const schema = schemaOf('call.v1')
const layout = layOut(schema, schema)
const decoder = new AvroRecordDecoder(schema.fields.length)
const revisionSlot = schema.fields.findIndex(({ name }) => name === 'revision')

const consumer = new Kafka({ brokers: brokers.split(','), logLevel: logLevel.NOTHING }).consumer({
  groupId: `floor.${randomUUID()}`,
  maxWaitTimeInMs: 200,
  maxBytesPerPartition: 1 << 20,
  maxBytes: 6 << 20,
})
await consumer.connect()
await consumer.subscribe({ topics: [topic], fromBeginning: true })
let readCount = 0
let revisionSum = 0
let fromMs = performance.now()
let fromCpu = process.cpuUsage()
consumer.on(consumer.events.GROUP_JOIN, () => {
  fromMs = performance.now()
  fromCpu = process.cpuUsage()
})
await consumer.run({
  autoCommit: false,
  eachBatch: async ({ batch: { messages } }) => {
    readCount += messages.length
    if (work === 'decode') {
      for (const { value } of messages) {
        decoder.decode(value!, WIRE_HEADER_BYTES, layout)
        revisionSum += decoder.numbers[revisionSlot]!
      }
    }
    if (readCount >= Number(records)) sayEnd()
  },
})

function sayEnd(): void {
  const { user, system } = process.cpuUsage(fromCpu)
  const end: FloorEnd = {
    seconds: (performance.now() - fromMs) / 1_000,
    cpuS: (user + system) / 1e6,
    readCount,
    revisionSum,
  }
  process.stdout.write(`${JSON.stringify(end)}\n`)
}
