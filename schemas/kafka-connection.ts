/** How brokers are reached: shared by every process that talks to Kafka, without naming a client library. */
import { SteadylineError } from './errors.ts'
import { brokersOf, type Settings } from './settings.ts'

export interface KafkaConnection {
  brokers: string[]
  tls: boolean
  sasl: { mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512'; username: string; password: string } | null
}

/** @throws SteadylineError if no brokers are set */
export function kafkaConnectionOf(settings: Settings): KafkaConnection {
  const brokers = brokersOf(settings)
  if (brokers === null) {
    throw new SteadylineError(
      'STEADYLINE_SETTINGS_INVALID',
      2,
      'KAFKA_BROKERS is not set, expected host:port. Start everything with `npx steadyline up`, or name your brokers.',
    )
  }
  const { KAFKA_USERNAME: username, KAFKA_PASSWORD: password } = settings
  const sasl =
    username !== undefined && password !== undefined
      ? { mechanism: settings.KAFKA_MECHANISM, username, password }
      : null
  return { brokers, tls: settings.KAFKA_TLS, sasl }
}
