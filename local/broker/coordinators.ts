import { randomUUID } from 'node:crypto'
import { Kafka, logLevel } from 'kafkajs'

/** Each try is short: the broker of this machine either answers or is not there yet. */
const TRY_MS_MAX = 3_000

/**
 * Says whether a broker can be used: whether the coordinators of groups and of transactions answer.
 *
 * The port opens a good second before them, and a consumer or a transaction that comes in between fails.
 * Asking also makes their internal topics on a broker that has none yet.
 */
export async function coordinatorsAnswer(address: string): Promise<boolean> {
  const kafka = new Kafka({
    clientId: 'steadyline-local',
    brokers: [address],
    logLevel: logLevel.NOTHING, // failing is what it is for
    connectionTimeout: 1_000,
    requestTimeout: TRY_MS_MAX,
    retry: { retries: 10, initialRetryTime: 30, maxRetryTime: 100, factor: 0 },
  })
  const admin = kafka.admin()
  const producer = kafka.producer({
    transactionalId: `steadyline-local-${randomUUID()}`,
    maxInFlightRequests: 1,
    idempotent: true,
  })
  try {
    await admin.connect()
    await Promise.all([admin.fetchOffsets({ groupId: 'steadyline-local' }), producer.connect()])
    return true
  } catch {
    return false
  } finally {
    await Promise.allSettled([admin.disconnect(), producer.disconnect()])
  }
}
