import type { PublisherOptions } from '../producers/kafka-publisher.ts'
import { kafkaConnectionOf } from '../schemas/kafka-connection.ts'
import type { KafkaNames } from '../schemas/kafka-names.ts'
import { registeredIds } from '../schemas/registry/registered-ids.ts'
import { registryOf } from '../schemas/registry/registry-of.ts'
import type { Settings } from '../schemas/settings.ts'

/** Where calls and tickets are published, and under which ids: those of the registry, registered where they are not yet. */
export async function publishingOf(
  settings: Settings,
  names: KafkaNames,
): Promise<Pick<PublisherOptions, 'connection' | 'names' | 'schemaIds'>> {
  const registry = registryOf(settings)
  const connection = kafkaConnectionOf(settings)
  if (registry === null) return { connection, names }
  return { connection, names, schemaIds: await registeredIds(registry, names, ['call.v1', 'ticket.v1']) }
}
