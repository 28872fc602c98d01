/** hotline.rejected.v1 by kafkajs: the bytes as they came, with headers that say where they stood and why they do not count. */
import type { Logger } from 'pino'
import type { KafkaConnection } from '../../schemas/kafka-connection.ts'
import { KafkaSender } from '../kafka-sender.ts'
import type { RejectedMessage } from '../span.ts'
import type { RejectedTopic } from './rejected-topic.ts'

export class KafkaRejectedTopic implements RejectedTopic {
  readonly #sender: KafkaSender

  constructor(options: { connection: KafkaConnection; topic: string; log: Logger }) {
    this.#sender = new KafkaSender({ clientId: 'steadyline-processor-rejects', ...options })
  }

  publish(rejects: readonly RejectedMessage[]): Promise<void> {
    return this.#sender.send(
      rejects.map(({ topic, partition, offset, code, reason, key, value }) => ({
        key,
        value,
        headers: { topic, partition: String(partition), offset: String(offset), code, reason },
      })),
    )
  }

  close(): Promise<void> {
    return this.#sender.close()
  }
}
