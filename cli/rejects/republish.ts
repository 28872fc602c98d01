/**
 * Rejects back into the topics they came from, as they came: after a processor was taught what it refused.
 *
 * A message that is published twice is one fact, so repeating this changes no figure. What is still not right is
 * rejected again; of messages that are equal one is published, so that repeating does not multiply them either.
 */
import { createHash } from 'node:crypto'
import { type RejectedReading, readRejected } from '../../processors/rejected/kafka-rejected-reader.ts'
import type { RejectedMessage } from '../../processors/span.ts'
import { connectPublisher, type PublisherOptions } from '../../producers/kafka-publisher.ts'

/** Which rejects are meant; what is not named is not asked for. */
export interface RejectFilter {
  codes?: readonly string[]
  topic?: string
  partition?: number
  /** Offset in the topic it came from, in. */
  fromOffset?: number
  /** Out. */
  toOffset?: number
}

export interface Republished {
  publishedCount: number
  /** Equal to one that was published. */
  equalCount: number
  /** Messages without a value: there is nothing in them to count. */
  emptyCount: number
}

export function isMeant(
  message: RejectedMessage,
  { codes, topic, partition, fromOffset, toOffset }: RejectFilter,
): boolean {
  return (
    (codes === undefined || codes.includes(message.code)) &&
    (topic === undefined || topic === message.topic) &&
    (partition === undefined || partition === message.partition) &&
    (fromOffset === undefined || fromOffset <= message.offset) &&
    (toOffset === undefined || message.offset < toOffset)
  )
}

/**
 * @param publishing  null: publish nothing, and say what would be
 * @param topics      the only ones that are published to
 */
export async function republish(
  reading: RejectedReading,
  publishing: PublisherOptions | null,
  topics: readonly string[],
  filter: RejectFilter,
): Promise<Republished> {
  const result: Republished = { publishedCount: 0, equalCount: 0, emptyCount: 0 }
  const publisher = publishing === null ? null : await connectPublisher(publishing)
  const contents = new Set<string>()
  try {
    await readRejected(reading, async (message) => {
      if (!topics.includes(message.topic) || !isMeant(message, filter)) return
      const { topic, key, value } = message
      if (value === null) {
        result.emptyCount += 1
        return
      }
      const content = createHash('sha256').update(topic).update('\n').update(value).digest('base64')
      if (contents.has(content)) {
        result.equalCount += 1
        return
      }
      contents.add(content)
      result.publishedCount += 1
      publisher?.send(topic, key ?? Buffer.alloc(0), value)
      if (publisher?.isFull) await publisher.room()
    })
    await publisher?.drained()
    return result
  } finally {
    await publisher?.close()
  }
}
