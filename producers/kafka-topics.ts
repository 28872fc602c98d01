/** The topics that the program creates, so that a record of years ago is not expired for its age. */
import { setTimeout as waitMs } from 'node:timers/promises'
import type { Admin, ITopicConfig } from 'kafkajs'
import { invariant } from '../kpi/invariant.ts'
import { SteadylineError } from '../schemas/errors.ts'
import type { KafkaConnection } from '../schemas/kafka-connection.ts'
import { type KafkaNames, kafkaNamesOf } from '../schemas/kafka-names.ts'
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

/**
 * Deletes the topics and the group of a scenario, as far as they are there.
 *
 * @throws SteadylineError for names that are the real ones, and where a processor of the scenario still runs
 */
export async function dropTopics(connection: KafkaConnection, names: KafkaNames): Promise<void> {
  const real = new Set(Object.values(kafkaNamesOf(null)))
  invariant(
    !Object.values(names).some((name) => real.has(name)),
    'the real topics and the real group are never deleted',
  )
  const admin = kafkaClient(connection).admin()
  try {
    await admin.connect()
    const { groups } = await admin.describeGroups([names.group])
    if (groups.some(({ members }) => members.length > 0)) throw groupInUse(names.group)
    const { groups: known } = await admin.listGroups()
    if (known.some(({ groupId }) => groupId === names.group)) await admin.deleteGroups([names.group])
    const existing = new Set(await admin.listTopics())
    const topics = topicsOf(names)
      .map(({ topic }) => topic)
      .filter((topic) => existing.has(topic))
    if (topics.length > 0) await admin.deleteTopics({ topics })
  } catch (error) {
    if (error instanceof SteadylineError) throw error
    throw kafkaNotReached(connection, error)
  } finally {
    await admin.disconnect()
  }
}

function groupInUse(group: string): SteadylineError {
  return new SteadylineError(
    'STEADYLINE_SCENARIO_IN_USE',
    1,
    `A processor still reads as ${group}: a replay into the scenario, or a \`process --scenario\`. End it, and try again.`,
  )
}

function topicsOf(names: KafkaNames): ITopicConfig[] {
  return [
    { topic: names.calls, numPartitions: PARTITIONS_COUNT, configEntries: CONFIG_ENTRIES },
    { topic: names.tickets, numPartitions: PARTITIONS_COUNT, configEntries: CONFIG_ENTRIES },
    { topic: names.rejected, numPartitions: 1, configEntries: CONFIG_ENTRIES },
    { topic: names.verdicts, numPartitions: 1, configEntries: CONFIG_ENTRIES },
  ]
}
