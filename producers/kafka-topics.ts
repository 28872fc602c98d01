/** The topics that the program creates, so that a record of years ago is not expired for its age. */
import { setTimeout as waitMs } from 'node:timers/promises'
import type { Admin, ITopicConfig } from 'kafkajs'
import type { KafkaConnection } from '../schemas/kafka-connection.ts'
import type { KafkaNames } from '../schemas/kafka-names.ts'
import { kafkaClient, kafkaNotReached } from './kafka-client.ts'

const PARTITIONS_COUNT = 8
const READABLE_EVERY_MS = 100
const READABLE_TRIES = 300
const CONFIG_ENTRIES = [
  { name: 'message.timestamp.type', value: 'LogAppendTime' },
  { name: 'cleanup.policy', value: 'delete' },
  { name: 'retention.ms', value: '-1' },
]

/** Creates those that are missing. Existing ones are left alone, however they are set: they may be somebody's own. */
export async function createTopics(connection: KafkaConnection, names: KafkaNames): Promise<void> {
  const admin = kafkaClient(connection).admin()
  try {
    await admin.connect()
    const existing = new Set(await admin.listTopics())
    const topics = topicsOf(names).filter(({ topic }) => !existing.has(topic))
    // Resolves also when another process was faster.
    if (topics.length > 0) await admin.createTopics({ topics, waitForLeaders: false })
    for (const { topic } of topics) await untilReadable(admin, topic)
  } catch (error) {
    throw kafkaNotReached(connection, error)
  } finally {
    await admin.disconnect()
  }
}

/** A broker that is busy knows a new topic a moment after it has made it; the library gives up at once. */
async function untilReadable(admin: Admin, topic: string): Promise<void> {
  for (let triesLeft = READABLE_TRIES; ; triesLeft--) {
    try {
      await admin.fetchTopicOffsets(topic)
      return
    } catch (error) {
      if (triesLeft === 0) throw error
      await waitMs(READABLE_EVERY_MS)
    }
  }
}

function topicsOf(names: KafkaNames): ITopicConfig[] {
  return [
    { topic: names.calls, numPartitions: PARTITIONS_COUNT, configEntries: CONFIG_ENTRIES },
    { topic: names.tickets, numPartitions: PARTITIONS_COUNT, configEntries: CONFIG_ENTRIES },
    { topic: names.rejected, numPartitions: 1, configEntries: CONFIG_ENTRIES },
    { topic: names.verdicts, numPartitions: 1, configEntries: CONFIG_ENTRIES },
  ]
}
