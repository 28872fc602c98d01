/**
 * The ids that records are written with: those of the registry, where there is one, and of ids.json otherwise.
 *
 * A schema is looked up first, so a producer that may only read is enough once somebody has registered it.
 */
import { canonicalJson } from '../canonical-json.ts'
import { SteadylineError } from '../errors.ts'
import { type KafkaNames, kafkaNamesOf } from '../kafka-names.ts'
import { type SchemaName, schemaOf } from '../wire-format.ts'
import type { SchemaRegistry } from './schema-registry.ts'

/** Topics by what they carry. */
const TOPIC_OF = { 'call.v1': 'calls', 'ticket.v1': 'tickets', 'verdict.v1': 'verdicts' } as const

/** Where a record's schemas are kept. Topics of scenarios carry the same records: they use the real topics' subjects. */
export function subjectOf(name: SchemaName): string {
  return `${kafkaNamesOf(null)[TOPIC_OF[name]]}-value`
}

/** By topic, the id of our schema. @throws SteadylineError where the registry is away or refuses, or rules it out */
export async function registeredIds(
  registry: SchemaRegistry,
  names: KafkaNames,
  records: readonly SchemaName[],
): Promise<Map<string, number>> {
  const ids = new Map<string, number>()
  for (const name of records) ids.set(names[TOPIC_OF[name]], await registeredId(registry, name))
  return ids
}

export async function registeredId(registry: SchemaRegistry, name: SchemaName): Promise<number> {
  const subject = subjectOf(name)
  const schema = schemaOf(name)
  const known = await registry.idOf(subject, schema)
  if (known !== null) return known
  // Some compare texts: the same schema, registered by hand with its line breaks, is another one to them.
  const same = (await registry.formsOf(subject)).find((form) => canonicalJson(form.schema) === canonicalJson(schema))
  if (same !== undefined) return same.id
  const problems = await registry.incompatibilities(subject, schema)
  if (problems.length > 0) {
    throw new SteadylineError(
      'STEADYLINE_SCHEMA_NOT_COMPATIBLE',
      2,
      `${name} cannot be registered in ${subject} at ${registry.address}, whose rules it breaks: ${problems.join('; ').slice(0, 600)}. Look at what is registered there, or at the compatibility that the subject asks for.`,
    )
  }
  return registry.register(subject, schema)
}
