/** What is sent in every fault, 模拟数据: two weeks of a hotline, encoded once. */
import type { Call } from '../../kpi/call.ts'
import type { Ticket } from '../../kpi/ticket.ts'
import { AvroEncoder } from '../../producers/avro-encoder.ts'
import { simulate } from '../../producers/hotline/simulate.ts'
import { at, panjin } from '../unit/producers/panjin.ts'

export type SentRecord =
  | { topic: 'calls'; record: Call; key: Buffer; value: Buffer }
  | { topic: 'tickets'; record: Ticket; key: Buffer; value: Buffer }

const encoder = new AvroEncoder()

export function sentCall(record: Call): SentRecord {
  return { topic: 'calls', record, key: Buffer.from(record.callId), value: encoder.encodeCall(record) }
}

export function sentTicket(record: Ticket): SentRecord {
  return { topic: 'tickets', record, key: Buffer.from(record.ticketId), value: encoder.encodeTicket(record) }
}

/** @param scale  of the traffic: 0.2 gives some 8,000 records */
export function recordsOfTwoWeeks(scale: number): SentRecord[] {
  const hotline = simulate({
    profile: panjin,
    seed: 1,
    fromAtMs: at('2023-06-12'),
    toAtMs: at('2023-06-26'),
    scale,
  })
  const records: SentRecord[] = []
  for (const simulated of hotline) {
    records.push(simulated.topic === 'calls' ? sentCall(simulated.record) : sentTicket(simulated.record))
  }
  return records
}
