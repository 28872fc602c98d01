/**
 * Sees to it that every schema a batch was written with is known before the batch is decoded.
 *
 * While the registry is away, records whose schemas are known go on. A batch with an id that nobody has heard of waits:
 * to reject it would be a judgement on the registry, and not on the record. docs/decisions/schema-registry-by-fetch.md
 */
import { setTimeout as waitMs } from 'node:timers/promises'
import { LearnedForms } from '../schemas/registry/learned-forms.ts'
import type { SchemaRegistry } from '../schemas/registry/schema-registry.ts'
import type { RecordForm } from '../schemas/wire-format.ts'
import type { LogBatch } from './log-reader.ts'
import type { Patience } from './patience.ts'
import type { TopicRecords } from './span.ts'

/** Well below the shortest time after which a processor that is not heard of is taken for dead. */
const ASK_AGAIN_MS = 500

export interface LearnedSchemasOptions {
  registry: SchemaRegistry
  topics: TopicRecords
  /** Is told each form of a topic's records once. */
  onForm: (topic: string, form: RecordForm) => void
  patience: Patience
  nowMs: () => number
}

export class LearnedSchemas {
  readonly #patience: Patience
  readonly #forms: ReadonlyMap<string, LearnedForms>

  constructor({ registry, topics, onForm, patience, nowMs }: LearnedSchemasOptions) {
    this.#patience = patience
    this.#forms = new Map(
      [...topics].map(([topic, record]) => [
        topic,
        new LearnedForms({ registry, record, nowMs, onForm: (form) => onForm(topic, form) }),
      ]),
    )
  }

  /** Learns what is registered now. @throws SteadylineError where the registry is away or refuses */
  async begin(): Promise<void> {
    for (const forms of this.#forms.values()) await forms.begin()
  }

  /** Returns once the registry has spoken about every id of the batch. @throws when the processor ends */
  async known(batch: LogBatch): Promise<void> {
    const forms = this.#forms.get(batch.topic)
    for (let ids = forms?.unknownIn(batch) ?? []; ids.length > 0; ids = forms!.unknownIn(batch)) {
      const error = await forms!.learn(ids).then(
        () => null,
        (error: Error) => error,
      )
      if (this.#patience.signal.aborted) throw error ?? new Error('the processor ends')
      if (error !== null) {
        const { signal, log, onTryingAgain } = this.#patience
        onTryingAgain?.('read schema')
        const { topic, partition } = batch
        log.warn(
          { topic, partition, schemaIds: ids.slice(0, 10), error: error.message },
          'schema not read, trying again',
        )
        await waitMs(ASK_AGAIN_MS, undefined, { signal }).catch(() => {})
      }
    }
  }
}
