/** Fills the topic that every contender reads: the same records, in order of time or shuffled. */
import { AvroEncoder } from '../../producers/avro-encoder.ts'
import { connectPublisher } from '../../producers/kafka-publisher.ts'
import type { KafkaConnection } from '../../schemas/kafka-connection.ts'
import { kafkaNamesOf } from '../../schemas/kafka-names.ts'
import { madeCall, publishedOrder, type RecordOrder } from './made-records.ts'

const LOOK_FOR_ROOM_EVERY = 1_000

export interface FilledTopic {
  topic: string
  recordCount: number
  /** Time it took to make and publish the records, seconds: encoding and the broker's part included. */
  publishS: number
}

export async function fillTopic(
  connection: KafkaConnection,
  order: RecordOrder,
  callCount: number,
): Promise<FilledTopic> {
  const names = kafkaNamesOf(null)
  const published = publishedOrder(callCount, order)
  const publisher = await connectPublisher({ connection, names, nowMs: Date.now, say: () => {} })
  const encoder = new AvroEncoder()
  const fromMs = performance.now()
  try {
    for (let index = 0; index < published.length; index += 1) {
      const call = madeCall(published[index]!, callCount)
      publisher.send(names.calls, Buffer.from(call.callId), encoder.encodeCall(call))
      if (index % LOOK_FOR_ROOM_EVERY === 0 && publisher.isFull) await publisher.room()
    }
    await publisher.drained()
  } finally {
    await publisher.close()
  }
  return { topic: names.calls, recordCount: published.length, publishS: (performance.now() - fromMs) / 1_000 }
}
