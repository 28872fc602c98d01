/** Counts one stream with a broker, a store and a processor of its own. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Kafka, logLevel } from 'kafkajs'
import { startBroker } from '../../local/broker.ts'
import { kafkaNamesOf } from '../../schemas/kafka-names.ts'
import { countedBySteadyline } from '../ingestion/steadyline.ts'
import { publishStream, type Stream } from './streams.ts'

export interface Measured extends Stream {
  partitions: number
  seconds: number
  processorCpuS: number
  storeCpuS: number
  processorPeakMiB: number
  storePeakMiB: number
  /** Facts that its cells stand on; another number than that of the calls is wrong. */
  evidence: number
}

export async function measure(stream: Stream, partitions: number): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'steadyline-bench-growth-'))
  const broker = await startBroker({ folder: join(folder, 'broker'), say: () => {} })
  try {
    await makeTopic(broker.address, partitions)
    await publishStream({ brokers: [broker.address], tls: false, sasl: null }, stream)
    const race = { brokers: broker.address, brokerPid: broker.pid, folder, recordCount: stream.calls }
    const { seconds, usage, cells } = await countedBySteadyline({ ...race, topic: kafkaNamesOf(null).calls })
    return {
      ...stream,
      partitions,
      seconds,
      processorCpuS: usage.processor.cpuS,
      storeCpuS: usage.store.cpuS,
      processorPeakMiB: usage.processor.peakMiB,
      storePeakMiB: usage.store.peakMiB,
      evidence: cells.reduce((sum, cell) => sum + cell.evidence, 0),
    }
  } finally {
    await broker.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Before the publisher makes one of the usual number of partitions. */
async function makeTopic(brokers: string, numPartitions: number): Promise<void> {
  const admin = new Kafka({ brokers: [brokers], logLevel: logLevel.NOTHING }).admin()
  await admin.connect()
  try {
    const configEntries = [{ name: 'retention.ms', value: '-1' }]
    const topic = kafkaNamesOf(null).calls
    await admin.createTopics({ topics: [{ topic, numPartitions, configEntries }], waitForLeaders: true })
  } finally {
    await admin.disconnect()
  }
}
