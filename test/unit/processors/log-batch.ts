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
  const bytes = Buffer.concat(messages.map(({ value }) => value ?? Buffer.alloc(0)))
  let at = 0
  const ends = messages.map(({ value }) => {
    at += value?.length ?? 0
    return at
  })
  return {
    bytes,
    topic,
    partition,
    fromOffset,
    nextOffset: end,
    endOffset: end,
    appendedAtMs: null,
    messageCount: messages.length,
    offsetAt: (index) => messages[index]!.offset,
    valueStartAt: (index) => (messages[index]!.value === null ? -1 : ends[index]! - messages[index]!.value!.length),
    valueEndAt: (index) => ends[index]!,
    valueAt: (index) => messages[index]!.value,
    keyAt: () => null,
    watermarkTextAt: (index) => messages[index]!.watermarkText ?? null,
  }
}
