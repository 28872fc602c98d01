/** A kafkajs client of a processor: how it connects, how long it tries, where it says so. */
import { Kafka, logLevel } from 'kafkajs'
import type { Logger } from 'pino'
import type { KafkaConnection } from '../schemas/kafka-connection.ts'

/** A broker may be away for some twenty seconds before the library gives up and its caller tries anew. */
export const RETRY = { initialRetryTime: 200, maxRetryTime: 2_000, retries: 15 }

export function kafkaClient(clientId: string, { brokers, tls, sasl }: KafkaConnection, log: Logger): Kafka {
  return new Kafka({
    clientId,
    brokers,
    ssl: tls,
    ...(sasl === null ? {} : { sasl: sasl as never }),
    connectionTimeout: 5_000,
    retry: RETRY,
    logLevel: logLevel.WARN,
    // Its words are for us: what a person must know is logged where a failure is handled.
    logCreator: () => (entry) => log.debug({ kafka: entry.log.message }, 'kafka client'),
  })
}
