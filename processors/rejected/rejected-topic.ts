/** Publishes rejected messages, as they came, with headers that say where they stood and why they are not counted. */
import type { RejectedMessage } from '../span.ts'

export interface RejectedTopic {
  publish(rejects: readonly RejectedMessage[]): Promise<void>
  close(): Promise<void>
}
