/** The calls and tickets of a capture, decoded. Records that no processor would count are passed over and counted. */
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import avro from 'avsc'
import type { Call } from '../../kpi/call.ts'
import type { Ticket } from '../../kpi/ticket.ts'
import { type RecordName, schemaOf } from '../../schemas/wire-format.ts'
import { CaptureReader } from '../capture-reader.ts'
import { RecordJudge } from '../record-judge.ts'
import { CAPTURE_FILES, CaptureUnreadableError } from './container-format.ts'

export interface DecodedRecords {
  takeCall(call: Call): void
  takeTicket(ticket: Ticket): void
}

export interface ReadRecords {
  takenCount: number
  /** Not decodable, or rejected by a rule. */
  passedOverCount: number
}

/** Reads all calls of a folder, then all its tickets, each in the order of its file. One of the files may be missing. */
export async function readRecords(
  folder: string,
  take: DecodedRecords,
  onProgress: (readCount: number) => void = () => {},
): Promise<ReadRecords> {
  const read: ReadRecords = { takenCount: 0, passedOverCount: 0 }
  let filesCount = 0
  for (const kind of ['calls', 'tickets'] as const) {
    const { file, recordName } = CAPTURE_FILES[kind]
    const path = join(folder, file)
    if (!(await isThere(path))) continue
    filesCount += 1
    const decode = decoderOf(recordName, take)
    const judge = new RecordJudge(recordName)
    const reader = await CaptureReader.open(path, recordName)
    try {
      for (; reader.datum !== null; reader.advance() || (await filled(reader, read, onProgress))) {
        if (!judge.isCounted(reader.datum.body)) {
          read.passedOverCount += 1
          continue
        }
        decode(reader.datum.body)
        read.takenCount += 1
      }
    } finally {
      await reader.close()
    }
  }
  if (filesCount > 0) return read
  throw new CaptureUnreadableError(folder, 'no capture here, expected calls.avro, tickets.avro or both in it.')
}

async function filled(reader: CaptureReader, read: ReadRecords, onProgress: (readCount: number) => void) {
  onProgress(read.takenCount)
  await reader.fill()
}

function decoderOf(recordName: RecordName, take: DecodedRecords): (body: Uint8Array) => void {
  const type = avro.Type.forSchema(schemaOf(recordName) as avro.Schema)
  const decoded = (body: Uint8Array) =>
    type.fromBuffer(Buffer.from(body.buffer, body.byteOffset, body.byteLength)) as Record<string, never>
  if (recordName === 'call.v1') return (body) => take.takeCall(callOf(decoded(body)))
  return (body) => take.takeTicket(ticketOf(decoded(body)))
}

function callOf(fields: Record<string, never>): Call {
  return {
    callId: fields.call_id!,
    revision: fields.revision!,
    arrivedAtMs: fields.arrived_at!,
    line: fields.line!,
    region: fields.region!,
    direction: fields.direction!,
    caller: fields.caller!,
    queuedAtMs: fields.queued_at!,
    answeredAtMs: fields.answered_at!,
    endedAtMs: fields.ended_at!,
    agent: fields.agent!,
    outcome: fields.outcome!,
    rating: fields.rating!,
    emittedAtMs: fields.emitted_at!,
  }
}

function ticketOf(fields: Record<string, never>): Ticket {
  return {
    ticketId: fields.ticket_id!,
    revision: fields.revision!,
    acceptedAtMs: fields.accepted_at!,
    callId: fields.call_id!,
    channel: fields.channel!,
    line: fields.line!,
    region: fields.region!,
    category: fields.category!,
    kind: fields.kind!,
    status: fields.status!,
    resolution: fields.resolution!,
    unit: fields.unit!,
    dueAtMs: fields.due_at!,
    closedAtMs: fields.closed_at!,
    followedUpAtMs: fields.followed_up_at!,
    satisfaction: fields.satisfaction!,
    emittedAtMs: fields.emitted_at!,
  }
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
