/** Hands finished batches to the broker that leads their partition. */
import type { KafkaCluster } from '../schemas/kafka-cluster.ts'
import { errorCodeOf, PRODUCE_API_KEY, PRODUCE_API_VERSION, produceRequestBody } from './kafka-wire/produce-request.ts'

/** Kafka's own word where a partition has no leader. */
const LEADER_NOT_AVAILABLE = 5
/** How long the broker may wait for its replicas. */
const REPLICAS_MS_MAX = 30_000
/** Not worth trying again: too large, not allowed, not well-formed. */
const LASTING_ERROR_CODES: ReadonlySet<number> = new Set([10, 17, 18, 29, 31, 35, 42, 43, 87])

/** The broker refused a batch, or cannot take it yet. */
export class BatchRefusedError extends Error {
  override readonly name = 'BatchRefusedError'
  readonly errorCode: number
  readonly mayRetry: boolean

  constructor(topic: string, partition: number, errorCode: number) {
    super(`${topic}/${partition}: the broker answered with error ${errorCode}`)
    this.errorCode = errorCode
    this.mayRetry = !LASTING_ERROR_CODES.has(errorCode)
  }
}

/** Resolves once all replicas in sync have the batch. */
export async function produce(cluster: KafkaCluster, topic: string, partition: number, batch: Buffer): Promise<void> {
  const leader = cluster.leaderOf(topic, partition)
  if (leader === null) throw new BatchRefusedError(topic, partition, LEADER_NOT_AVAILABLE)
  const errorCode = await cluster.ask(leader, {
    apiKey: PRODUCE_API_KEY,
    apiVersion: PRODUCE_API_VERSION,
    apiName: 'Produce',
    body: produceRequestBody(topic, partition, batch, REPLICAS_MS_MAX),
    read: errorCodeOf,
  })
  if (errorCode !== 0) throw new BatchRefusedError(topic, partition, errorCode)
}
