/**
 * The schemas that records of one kind were written with, learned from a registry: each id is asked for once.
 *
 * "There is no such schema" is believed for a while only, and only of a registry that says so twice: a producer registers
 * with one node and a processor may ask another. That a registry does not answer says nothing about an id.
 */
import { setTimeout as waitMs } from 'node:timers/promises'
import { checkSchema } from '../schema-check.ts'
import { type AvroRecordSchema, type RecordForm, type RecordName, WIRE_HEADER_BYTES } from '../wire-format.ts'
import { subjectOf } from './registered-ids.ts'
import type { SchemaRegistry } from './schema-registry.ts'

/** Between the two times that an unknown id is asked for, ms. */
const ASK_AGAIN_MS = 1_000
/** So long an id that the registry does not have is not asked for again, ms. */
const BELIEVED_MS = 60_000
const ASKED_AT_ONCE = 8

/** What of a batch is looked at: values, null for those without. */
export interface ValuesOfBatch {
  readonly messageCount: number
  valueAt(index: number): Uint8Array | null
}

export interface LearnedFormsOptions {
  registry: SchemaRegistry
  record: RecordName
  /** Is told each form once, before a record of it is handed over. */
  onForm: (form: RecordForm) => void
  nowMs: () => number
}

export class LearnedForms {
  readonly #options: LearnedFormsOptions
  readonly #known = new Set<number>()
  /** By id that cannot be read, until when that is believed, epoch ms. */
  readonly #refusedUntilMs = new Map<number, number>()

  constructor(options: LearnedFormsOptions) {
    this.#options = options
  }

  /** Learns everything that is registered for the record's topic. @throws where the registry is away or refuses */
  async begin(): Promise<void> {
    const { registry, record } = this.#options
    for (const { id, schema } of await registry.formsOf(subjectOf(record))) this.#take(id, schema)
  }

  /** Ids of a batch that the registry must be asked for before the batch can be decoded; nearly always none. */
  unknownIn(batch: ValuesOfBatch): number[] {
    const unknown = new Set<number>()
    let last = -1
    for (let index = 0; index < batch.messageCount; index++) {
      const value = batch.valueAt(index)
      if (value === null || value.length < WIRE_HEADER_BYTES || value[0] !== 0) continue
      const id = ((value[1]! << 24) | (value[2]! << 16) | (value[3]! << 8) | value[4]!) >>> 0
      if (id === last) continue
      last = id
      if (!this.#isAnswered(id)) unknown.add(id)
    }
    return [...unknown]
  }

  /** Asks for ids. @throws RegistryAwayError where nothing is known of them, and they must be asked for again */
  async learn(ids: readonly number[]): Promise<void> {
    const absent = await this.#ask(ids)
    if (absent.length === 0) return
    await waitMs(ASK_AGAIN_MS)
    const until = this.#options.nowMs() + BELIEVED_MS
    for (const id of await this.#ask(absent)) this.#refusedUntilMs.set(id, until)
  }

  /** @returns ids that the registry does not have */
  async #ask(ids: readonly number[]): Promise<number[]> {
    const absent: number[] = []
    for (let from = 0; from < ids.length; from += ASKED_AT_ONCE) {
      const some = ids.slice(from, from + ASKED_AT_ONCE)
      const schemas = await Promise.all(some.map((id) => this.#options.registry.schemaOf(id)))
      for (const [index, schema] of schemas.entries()) {
        if (schema === null) absent.push(some[index]!)
        else this.#take(some[index]!, schema)
      }
    }
    return absent
  }

  /** A schema of another record, or one that cannot be read as this one, is none of this topic's. */
  #take(id: number, schema: AvroRecordSchema): void {
    if (this.#known.has(id)) return
    const { record, problems } = checkSchema(schema)
    if (record !== this.#options.record || problems.length > 0) {
      this.#refusedUntilMs.set(id, Number.POSITIVE_INFINITY) // an id never stands for another schema
      return
    }
    this.#options.onForm({ id, schema })
    this.#known.add(id)
    this.#refusedUntilMs.delete(id)
  }

  #isAnswered(id: number): boolean {
    return this.#known.has(id) || (this.#refusedUntilMs.get(id) ?? 0) > this.#options.nowMs()
  }
}
