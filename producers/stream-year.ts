/** Streams the synthetic hotline through Kafka, and tells what must come out of it. */
import { setImmediate as otherWork } from 'node:timers/promises'
import type { KafkaNames } from '../schemas/kafka-names.ts'
import { AvroEncoder } from './avro-encoder.ts'
import { completeUntil } from './completeness.ts'
import { type SimulateOptions, simulate } from './hotline/simulate.ts'
import { type OnProgress, REPORT_EVERY_COUNT } from './progress.ts'
import type { Publisher } from './publisher.ts'
import { Truth, type TruthFile } from './truth.ts'

export interface StreamYearOptions extends SimulateOptions {
  publisher: Publisher
  names: Pick<KafkaNames, 'calls' | 'tickets'>
  /** What the heartbeats at the end say instead of the default; see completeness.ts. */
  completeUntilAtMs?: number
  onProgress?: OnProgress
}

/** Resolves when everything is acknowledged, the heartbeats too. Leaves the event loop room for other work. */
export async function streamYear(options: StreamYearOptions): Promise<TruthFile> {
  const { publisher, names, onProgress } = options
  const truth = new Truth(options)
  const encoder = new AvroEncoder()
  let publishedCount = 0
  let emittedAtMsMax: number | null = null
  for (const simulated of simulate(options)) {
    truth.add(simulated)
    if (simulated.topic === 'calls') {
      const call = simulated.record
      publisher.send(names.calls, Buffer.from(call.callId), encoder.encodeCall(call))
    } else {
      const ticket = simulated.record
      publisher.send(names.tickets, Buffer.from(ticket.ticketId), encoder.encodeTicket(ticket))
    }
    const { emittedAtMs } = simulated.record
    emittedAtMsMax = Math.max(emittedAtMsMax ?? emittedAtMs, emittedAtMs)
    publishedCount += 1
    if (publishedCount % REPORT_EVERY_COUNT !== 0) continue
    onProgress?.({ publishedCount, expectedCount: null, atMs: emittedAtMs })
    await (publisher.isFull ? publisher.room() : otherWork())
  }
  await publisher.drained()
  const until = completeUntil(options.profile, emittedAtMsMax, options.completeUntilAtMs ?? null)
  if (until !== null) {
    await publisher.heartbeat(names.calls, until.callsAtMs)
    await publisher.heartbeat(names.tickets, until.ticketsAtMs)
    onProgress?.({ publishedCount, expectedCount: publishedCount, atMs: emittedAtMsMax ?? until.callsAtMs })
  }
  return truth.file()
}
