/** Where imported records go: into a capture, to Kafka, or nowhere. */
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { KafkaNames } from '../../schemas/kafka-names.ts'
import type { Profile } from '../../schemas/profile.ts'
import { WIRE_HEADER_BYTES } from '../../schemas/wire-format.ts'
import { CAPTURE_FILES } from '../capture/container-format.ts'
import { CaptureWriter } from '../capture-writer.ts'
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
  await mkdir(folder, { recursive: true })
  const pathOf = (kind: Imported['kind']) => join(folder, CAPTURE_FILES[kind].file)
  const open = (kind: Imported['kind']) => {
    const { recordName } = CAPTURE_FILES[kind]
    return CaptureWriter.create({ path: `${pathOf(kind)}.part`, recordName, codec: 'deflate', seed: 0 })
  }
  const writers = { calls: await open('calls'), tickets: await open('tickets') }
  let isComplete = false
  return {
    async take({ kind }, message) {
      const writer = writers[kind]
      writer.append(message.subarray(WIRE_HEADER_BYTES))
      if (writer.isBlockFull) await writer.writeBlock()
    },
    async complete() {
      isComplete = true
    },
    async close() {
      for (const kind of ['calls', 'tickets'] as const) {
        await writers[kind].close()
        const part = `${pathOf(kind)}.part`
        await (isComplete ? rename(part, pathOf(kind)) : rm(part))
      }
    },
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
