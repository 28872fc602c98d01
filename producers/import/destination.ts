/** Where imported records go: into a capture, to Kafka, or nowhere. */
import type { KafkaNames } from '../../schemas/kafka-names.ts'
import type { Profile } from '../../schemas/profile.ts'
import { WIRE_HEADER_BYTES } from '../../schemas/wire-format.ts'
import { CaptureFolder } from '../capture-folder.ts'
import { completeUntil } from '../completeness.ts'
import type { Publisher } from '../publisher.ts'
import type { Imported } from './place.ts'

export interface Destination {
  /** @param message  with the wire header; kept until it is written */
  take(imported: Imported, message: Buffer): Promise<void>
  /** After the last record; not called when the import fails. */
  complete(): Promise<void>
  close(): Promise<void>
}

export const NOWHERE: Destination = {
  take: async () => {},
  complete: async () => {},
  close: async () => {},
}

/**
 * `calls.avro` and `tickets.avro`, in the order of the files; one without records is an empty capture file.
 *
 * They get their names once they are whole: half an import is never taken for a capture.
 */
export async function captureDestination(folder: string): Promise<Destination> {
  const capture = await CaptureFolder.create(folder)
  let isComplete = false
  return {
    take: async ({ kind }, message) => capture.append(kind, message.subarray(WIRE_HEADER_BYTES)),
    async complete() {
      isComplete = true
    },
    close: () => capture.close(isComplete),
  }
}

export interface KafkaDestinationOptions {
  publisher: Publisher
  names: Pick<KafkaNames, 'calls' | 'tickets'>
  profile: Profile
  /** What the heartbeats at the end say instead of the default; see completeness.ts. */
  completeUntilAtMs: number | null
}

/** To the topics, with a heartbeat at the end of each that records came for: as a replay of the capture would. */
export function kafkaDestination(options: KafkaDestinationOptions): Destination {
  const { publisher, names, profile, completeUntilAtMs } = options
  const lastEmittedAtMs = { calls: null as number | null, tickets: null as number | null }
  return {
    async take(imported, message) {
      const { kind, record } = imported
      const id = imported.kind === 'calls' ? imported.record.callId : imported.record.ticketId
      publisher.send(names[kind], Buffer.from(id), message)
      lastEmittedAtMs[kind] = Math.max(lastEmittedAtMs[kind] ?? record.emittedAtMs, record.emittedAtMs)
      if (publisher.isFull) await publisher.room()
    },
    async complete() {
      await publisher.drained()
      const { calls, tickets } = lastEmittedAtMs
      const ofCalls = calls === null ? null : completeUntil(profile, calls, completeUntilAtMs)
      const ofTickets = tickets === null ? null : completeUntil(profile, tickets, completeUntilAtMs)
      if (ofCalls !== null) await publisher.heartbeat(names.calls, ofCalls.callsAtMs)
      if (ofTickets !== null) await publisher.heartbeat(names.tickets, ofTickets.ticketsAtMs)
    },
    close: () => publisher.close(),
  }
}
