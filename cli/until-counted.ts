/** Waits until everything that is now in Kafka has been counted: the rule of the watermark, asked from outside. */
import { setTimeout as waitMs } from 'node:timers/promises'
import type { LogEnds } from '../api/freshness/log-ends.ts'
import type { Store } from '../processors/store.ts'

const LOOK_EVERY_MS = 150

export interface UntilCountedOptions {
  logEnds: LogEnds
  store: Pick<Store, 'lastWatermark' | 'countedUntil'>
  topics: readonly string[]
  timeoutMs: number
  onProgress: (countedCount: number, totalCount: number) => void
}

/** A server that is away for a moment, because it is being started again, comes back within this time, ms. */
const AWAY_MS_MAX = 15_000

/** True once the watermark of each topic rests on a vector that covers its end offsets of now; false after the time-out. */
export async function untilCounted({
  logEnds,
  store,
  topics,
  timeoutMs,
  onProgress,
}: UntilCountedOptions): Promise<boolean> {
  const untilMs = performance.now() + timeoutMs
  const patiently = patienceUntil(untilMs)
  const ends = await patiently(async () => {
    const ofTopics = await Promise.all(topics.map((topic) => endsOf(logEnds, topic)))
    return ofTopics.flat()
  })
  const total = ends.reduce((sum, { endOffset }) => sum + endOffset, 0)
  for (;;) {
    if (await patiently(() => isCounted(store, topics, ends))) return true
    if (performance.now() >= untilMs) return false
    const counted = await store.countedUntil(ends).catch(() => [])
    onProgress(
      counted.reduce((sum: number, until) => sum + (until ?? 0), 0),
      total,
    )
    await waitMs(LOOK_EVERY_MS)
  }
}

interface PartitionEnd {
  topic: string
  partition: number
  endOffset: number
}

async function endsOf(logEnds: LogEnds, topic: string): Promise<PartitionEnd[]> {
  return (await logEnds.ofTopic(topic)).map(({ partition, endOffset }) => ({ topic, partition, endOffset }))
}

/** Asks again while a server is away, until it has been away for too long or the time is up. */
function patienceUntil(untilMs: number) {
  return async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
    const giveUpAtMs = Math.min(untilMs, performance.now() + AWAY_MS_MAX)
    for (;;) {
      try {
        return await ask()
      } catch (error) {
        if (performance.now() >= giveUpAtMs) throw error
        await waitMs(LOOK_EVERY_MS)
      }
    }
  }
}

async function isCounted(
  store: Pick<Store, 'lastWatermark'>,
  topics: readonly string[],
  ends: readonly PartitionEnd[],
): Promise<boolean> {
  for (const topic of topics) {
    const wanted = ends.filter((end) => end.topic === topic && end.endOffset > 0)
    if (wanted.length === 0) continue
    const last = await store.lastWatermark(topic).catch((error: unknown) => {
      if (isNoTableYet(error)) return null
      throw error
    })
    if (last === null || wanted.some(({ partition, endOffset }) => (last.vector[partition] ?? 0) < endOffset))
      return false
  }
  return true
}

/** ClickHouse's words for a database that no processor has seen yet. */
function isNoTableYet(error: unknown): boolean {
  const type = (error as { type?: unknown }).type
  return type === 'UNKNOWN_TABLE' || type === 'UNKNOWN_DATABASE'
}
