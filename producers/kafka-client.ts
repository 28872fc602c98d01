/** How producers reach Kafka by kafkajs, and what is said when they cannot. */
import { Kafka, logLevel, type SASLOptions } from 'kafkajs'
import { SteadylineError } from '../schemas/errors.ts'
import type { KafkaConnection } from '../schemas/kafka-connection.ts'

export function kafkaClient(connection: KafkaConnection): Kafka {
  return new Kafka({
    clientId: 'steadyline-producer',
    brokers: connection.brokers,
    ssl: connection.tls,
    ...(connection.sasl === null ? {} : { sasl: connection.sasl as SASLOptions }),
    retry: { initialRetryTime: 200, maxRetryTime: 2_000, retries: 8 },
    logLevel: logLevel.NOTHING, // whoever calls says what failed, once and in our words
  })
}

export function kafkaNotReached(connection: KafkaConnection, cause: unknown): SteadylineError {
  return new SteadylineError(
    'STEADYLINE_KAFKA_NOT_REACHED',
    3,
    `Kafka at ${connection.brokers.join(', ')} did not answer: ${(cause as Error).message}. ` +
      'Start it, or set KAFKA_BROKERS to where it is, and try again: records sent twice count once.',
    { cause },
  )
}
