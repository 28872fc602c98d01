/** Rejects of a plain array, which holds them in the order of the store: topic, partition, offset. */
import type { LogPlace, Reject, RejectQuestion, RejectReader } from '../../../api/store/reject-reader.ts'

const isAfter = (one: LogPlace, other: LogPlace): boolean =>
  one.topic !== other.topic
    ? one.topic > other.topic
    : one.partition !== other.partition
      ? one.partition > other.partition
      : one.offset > other.offset

export class ArrayRejects implements RejectReader {
  all: Reject[] = []

  async rejects({ code, topic, after, rowsMax }: RejectQuestion): Promise<Reject[]> {
    return this.all
      .filter((reject) => (code === null || reject.code === code) && (topic === null || reject.topic === topic))
      .filter((reject) => after === null || isAfter(reject, after))
      .slice(0, rowsMax)
  }

  async countsByCode(): Promise<Record<string, number>> {
    const counts: Record<string, number> = {}
    for (const { code } of this.all) counts[code] = (counts[code] ?? 0) + 1
    return counts
  }
}
