/**
 * A schema registry as producers and processors need one. http-schema-registry.ts fulfils it.
 *
 * Schemas are kept under subjects, a subject per topic; each gets an id that stands for it for ever, in every subject.
 */
import { SteadylineError } from '../errors.ts'
import type { AvroRecordSchema, RecordForm } from '../wire-format.ts'

export interface SchemaRegistry {
  /** As it may be printed: no user, no password. */
  readonly address: string
  /** The Avro record schema of an id; null if the registry says that it has none, or one of another kind. */
  schemaOf(id: number): Promise<AvroRecordSchema | null>
  /** Every Avro record schema of a subject, oldest first; none for a subject that it does not know. */
  formsOf(subject: string): Promise<RecordForm[]>
  /** The id of a schema in a subject; null where it is not registered. */
  idOf(subject: string, schema: AvroRecordSchema): Promise<number | null>
  /** What makes a schema incompatible with the subject's others by its rules; empty if nothing does. */
  incompatibilities(subject: string, schema: AvroRecordSchema): Promise<string[]>
  /** @returns its id */
  register(subject: string, schema: AvroRecordSchema): Promise<number>
}

/** It does not answer, or not as a registry does just now. The same question may work later. */
export class RegistryAwayError extends SteadylineError {
  constructor(address: string, why: string) {
    super(
      'STEADYLINE_REGISTRY_AWAY',
      3,
      `The schema registry at ${address} does not answer: ${why}. Start it, or set SCHEMA_REGISTRY_URL to one that runs.`,
    )
  }
}

/** It answers, and will not do what is asked however often it is asked. */
export class RegistryRefusedError extends SteadylineError {
  constructor(address: string, why: string) {
    super('STEADYLINE_REGISTRY_REFUSED', 2, `The schema registry at ${address} refused: ${why}.`)
  }
}
