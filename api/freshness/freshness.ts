/** Puts the ledger, the watermarks and the ends of the logs side by side. */
import type { KafkaNames } from '../../schemas/kafka-names.ts'
import type { AnsweredProfile } from '../answered-profile.ts'
import { type FreshnessAnswer, type TopicFreshness, topicFreshness } from '../answers/freshness-answer.ts'
import type { StoreReader } from '../store/store-reader.ts'
import type { LogEnds, PartitionEnds } from './log-ends.ts'

const NO_KAFKA = 'KAFKA_BROKERS is not set: only what is counted is known'
const NO_ANSWER = 'Kafka does not answer: only what is counted is known'

export type ReadFreshness = () => Promise<FreshnessAnswer>

/** @param logEnds `null` if no brokers are set */
export function freshnessReader(
  { zone }: AnsweredProfile,
  reader: StoreReader,
  logEnds: LogEnds | null,
  { calls, tickets }: Pick<KafkaNames, 'calls' | 'tickets'>,
): ReadFreshness {
  return async () => {
    const [progress, watermarks] = await Promise.all([reader.progress(), reader.watermarks()])
    const ofTopic = async (topic: string, watermarkAtMs: number | null): Promise<TopicFreshness> => {
      const counted = progress.filter((ledger) => ledger.topic === topic)
      const ends = logEnds === null ? null : await endsIfAnswered(logEnds, topic)
      const reason = ends !== null ? null : logEnds === null ? NO_KAFKA : NO_ANSWER
      return topicFreshness(zone, topic, watermarkAtMs, counted, ends, reason)
    }
    return {
      topics: await Promise.all([ofTopic(calls, watermarks.callsAtMs), ofTopic(tickets, watermarks.ticketsAtMs)]),
    }
  }
}

/** What is counted is worth saying while Kafka is down; that its end is not known is said beside it. */
async function endsIfAnswered(logEnds: LogEnds, topic: string): Promise<PartitionEnds[] | null> {
  try {
    return await logEnds.ofTopic(topic)
  } catch {
    return null
  }
}
