/** How far the figures have seen: per topic and partition what is counted, what there is, and what lies between. */
import Type, { type Static } from 'typebox'
import { isoOf } from '../../kpi/instant-text.ts'
import type { Zone } from '../../kpi/zone.ts'
import type { PartitionEnds } from '../freshness/log-ends.ts'
import type { CountedPartition } from '../store/store-reader.ts'
import { Count, Instant, orNull } from './shapes.ts'

export const FreshnessAnswer = Type.Object({
  topics: Type.Array(
    Type.Object({
      topic: Type.String(),
      watermark: orNull(Instant),
      lagCount: orNull(
        Type.Integer({ minimum: 0, description: 'Records not yet counted; null if Kafka does not answer.' }),
      ),
      reason: Type.Optional(Type.String({ description: 'Why the end of the log is not known.' })),
      partitions: Type.Array(
        Type.Object({
          partition: Count,
          nextOffset: orNull(Type.Integer({ description: 'First offset not yet counted, without a hole before it.' })),
          endOffset: orNull(Type.Integer({ description: 'Offset that the next record will have.' })),
          maxEmittedAt: orNull(Instant),
        }),
      ),
    }),
  ),
})
export type FreshnessAnswer = Static<typeof FreshnessAnswer>
export type TopicFreshness = FreshnessAnswer['topics'][number]

/** @param ends `null` if Kafka does not answer, with the reason */
export function topicFreshness(
  zone: Zone,
  topic: string,
  watermarkAtMs: number | null,
  counted: readonly CountedPartition[],
  ends: readonly PartitionEnds[] | null,
  reason: string | null,
): TopicFreshness {
  const iso = (atMs: number | null) => (atMs === null ? null : isoOf(zone, atMs))
  const partitionNumbers = new Set([...counted, ...(ends ?? [])].map(({ partition }) => partition))
  const partitions = [...partitionNumbers]
    .sort((one, other) => one - other)
    .map((partition) => {
      const ledger = counted.find((candidate) => candidate.partition === partition)
      const log = ends?.find((candidate) => candidate.partition === partition)
      return {
        partition,
        // A partition that was never read is counted up to where its log begins.
        nextOffset: ledger?.nextOffset ?? log?.startOffset ?? null,
        endOffset: log?.endOffset ?? null,
        maxEmittedAt: iso(ledger?.emittedAtMsMax ?? null),
      }
    })
  return {
    topic,
    watermark: iso(watermarkAtMs),
    lagCount: ends === null ? null : partitions.reduce((sum, partition) => sum + lagOf(partition), 0),
    ...(reason === null ? {} : { reason }),
    partitions,
  }
}

function lagOf({ nextOffset, endOffset }: { nextOffset: number | null; endOffset: number | null }): number {
  return nextOffset === null || endOffset === null ? 0 : Math.max(0, endOffset - nextOffset)
}
