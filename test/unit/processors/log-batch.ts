import type { LogBatch } from '../../../processors/log-reader.ts'

export interface SentMessage {
  offset: number
  value: Buffer | null
  watermarkText?: string
}

/** A batch of one partition out of plain messages, ending where it is said to or behind its last message. */
export function logBatch(
  topic: string,
  partition: number,
  fromOffset: number,
  messages: SentMessage[],
  nextOffset?: number,
): LogBatch {
  const end = nextOffset ?? (messages.at(-1)?.offset ?? fromOffset - 1) + 1
  return {
    topic,
    partition,
    fromOffset,
    nextOffset: end,
    endOffset: end,
    appendedAtMs: null,
    messageCount: messages.length,
    offsetAt: (index) => messages[index]!.offset,
    valueAt: (index) => messages[index]!.value,
    keyAt: () => null,
    watermarkTextAt: (index) => messages[index]!.watermarkText ?? null,
  }
}
