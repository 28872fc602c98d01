/** hotline.rejected.v1 read by kafkajs, from its start to its end of now. */
import { type IHeaders, logLevel } from 'kafkajs'
import { pino } from 'pino'
import type { KafkaConnection } from '../../schemas/kafka-connection.ts'
import { kafkaClient } from '../kafka-client.ts'
import type { RejectedMessage } from '../span.ts'

export interface RejectedReading {
  connection: KafkaConnection
  topic: string
  /** A consumer group that nobody else uses; it is deleted afterwards. */
  group: string
}

/**
 * Hands over every message that was rejected until now, as it came. After a crash one may be there twice.
 *
 * @param each  is waited for
 */
export async function readRejected(
  { connection, topic, group }: RejectedReading,
  each: (message: RejectedMessage) => Promise<void> | void,
): Promise<void> {
  const kafka = kafkaClient('steadyline-rejects', connection, pino({ level: 'silent' }))
  kafka.logger().setLogLevel(logLevel.NOTHING)
  const admin = kafka.admin()
  await admin.connect()
  try {
    const unread = new Map<number, number>()
    for (const { partition, low, high } of await admin.fetchTopicOffsets(topic))
      if (Number(high) > Number(low)) unread.set(partition, Number(high))
    if (unread.size === 0) return
    const consumer = kafka.consumer({ groupId: group, allowAutoTopicCreation: false })
    try {
      await consumer.connect()
      await consumer.subscribe({ topics: [topic], fromBeginning: true })
      await new Promise<void>((resolve, reject) => {
        consumer.on('consumer.crash', ({ payload }) => reject(payload.error))
        const run = consumer.run({
          autoCommit: false,
          eachBatch: async ({ batch, heartbeat }) => {
            try {
              const endOffset = unread.get(batch.partition) ?? 0
              for (const { key, value, headers, offset } of batch.messages) {
                if (Number(offset) >= endOffset) break
                const message = rejectedOf(headers ?? {}, key, value)
                if (message !== null) await each(message)
                await heartbeat()
              }
              if (Number(batch.lastOffset()) + 1 >= endOffset) unread.delete(batch.partition)
              if (unread.size === 0) resolve()
            } catch (error) {
              reject(error)
            }
          },
        })
        run.catch(reject)
      })
    } finally {
      await consumer.disconnect()
      await admin.deleteGroups([group]).catch(() => {}) // it goes by itself after a while
    }
  } finally {
    await admin.disconnect()
  }
}

/** null for a message that no processor of ours wrote. */
function rejectedOf(headers: IHeaders, key: Buffer | null, value: Buffer | null): RejectedMessage | null {
  const text = (name: string) => headers[name]?.toString()
  const [topic, partition, offset, code, reason] = ['topic', 'partition', 'offset', 'code', 'reason'].map(text)
  if (topic === undefined || partition === undefined || offset === undefined) return null
  return {
    topic,
    partition: Number(partition),
    offset: Number(offset),
    code: code as RejectedMessage['code'],
    reason: reason ?? '',
    key,
    value,
  }
}
