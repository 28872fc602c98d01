/** hotline.verdicts.v1 by kafkajs. */
import type { Logger } from 'pino'
import type { KafkaConnection } from '../../schemas/kafka-connection.ts'
import { encodeVerdict, type VerdictRecord } from '../../schemas/verdict-record.ts'
import { KafkaSender } from '../kafka-sender.ts'
import type { VerdictTopic } from './verdict-topic.ts'

export class KafkaVerdictTopic implements VerdictTopic {
  readonly #sender: KafkaSender
  readonly #schemaId: number | undefined

  /** @param options  `schemaId`: that of a registry */
  constructor(options: { connection: KafkaConnection; topic: string; log: Logger; schemaId?: number | undefined }) {
    this.#schemaId = options.schemaId
    this.#sender = new KafkaSender({ clientId: 'steadyline-processor-verdicts', ...options })
  }

  publish(records: readonly VerdictRecord[]): Promise<void> {
    return this.#sender.send(
      records.map((record) => ({
        key: `${record.profile}/${record.window}`,
        value: encodeVerdict(record, this.#schemaId),
      })),
    )
  }

  close(): Promise<void> {
    return this.#sender.close()
  }
}
