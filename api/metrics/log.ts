/** How far the figures are behind the log, read when Prometheus asks. What cannot be read is absent rather than old. */
import { Gauge, type Registry } from 'prom-client'
import type { KafkaNames } from '../../schemas/kafka-names.ts'
import type { LogEnds } from '../freshness/log-ends.ts'
import type { CountedPartition, StoreReader } from '../store/store-reader.ts'

export interface MeasuredLog {
  reader: Pick<StoreReader, 'progress' | 'watermarks'>
  /** null if no brokers are set. */
  logEnds: LogEnds | null
  names: Pick<KafkaNames, 'calls' | 'tickets'>
}

export function measureLog(registry: Registry, { reader, logEnds, names }: MeasuredLog): () => Promise<void> {
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Gauge({ name: `steadyline_${name}`, help, labelNames, registers: [registry] })
  const up = gauge('server_up', 'Whether a server answered just now: 1 or 0.', ['server'])
  const watermark = gauge('watermark_seconds', 'Watermark of a topic, seconds since 1970.', ['topic'])
  const lag = gauge('lag_records', 'Records in Kafka that are not counted yet.', ['topic'])
  const partitionLag = gauge('partition_lag_records', 'The same of one partition.', ['topic', 'partition'])
  const lost = gauge('log_lost_partitions', 'Partitions whose log does not hold the next record to count (I11).', [
    'topic',
  ])

  async function measureTopic(topic: string, counted: readonly CountedPartition[]): Promise<void> {
    if (logEnds === null) return
    const ends = await logEnds.ofTopic(topic)
    let lagCount = 0
    let lostCount = 0
    for (const { partition, startOffset, endOffset } of ends) {
      // A partition that was never read is counted up to where its log begins.
      const nextOffset = counted.find((range) => range.partition === partition)?.nextOffset ?? startOffset
      const records = Math.max(0, endOffset - nextOffset)
      partitionLag.set({ topic, partition: String(partition) }, records)
      lagCount += records
      if (nextOffset < startOffset || nextOffset > endOffset) lostCount += 1
    }
    lag.set({ topic }, lagCount)
    lost.set({ topic }, lostCount)
  }

  return async () => {
    for (const one of [up, watermark, lag, partitionLag, lost]) one.reset()
    const counted = await Promise.all([reader.progress(), reader.watermarks()]).catch(() => null)
    up.set({ server: 'store' }, counted === null ? 0 : 1)
    const [progress, { callsAtMs, ticketsAtMs }] = counted ?? [null, { callsAtMs: null, ticketsAtMs: null }]
    if (callsAtMs !== null) watermark.set({ topic: names.calls }, callsAtMs / 1_000)
    if (ticketsAtMs !== null) watermark.set({ topic: names.tickets }, ticketsAtMs / 1_000)
    if (logEnds === null) return
    try {
      for (const topic of [names.calls, names.tickets]) {
        // Without the ledger nothing can be said of the lag, but whether Kafka answers.
        if (progress === null) await logEnds.ofTopic(topic)
        else
          await measureTopic(
            topic,
            progress.filter((range) => range.topic === topic),
          )
      }
      up.set({ server: 'kafka' }, 1)
    } catch {
      up.set({ server: 'kafka' }, 0)
    }
  }
}
