/** Records on the wire, for tests of what reads them. */
import avro from 'avsc'
import { CALL_SCHEMA } from '../../../schemas/call-fact.ts'
import { TICKET_SCHEMA } from '../../../schemas/ticket-fact.ts'
import { someCall, someTicket } from './records.ts'

const callType = avro.Type.forSchema(CALL_SCHEMA as never)
const ticketType = avro.Type.forSchema(TICKET_SCHEMA as never)

export function wire(schemaId: number, body: Buffer): Buffer {
  const header = Buffer.alloc(5)
  header.writeInt32BE(schemaId, 1)
  return Buffer.concat([header, body])
}

export const callMessage = (change: object = {}): Buffer => wire(1, callType.toBuffer({ ...someCall(), ...change }))
export const ticketMessage = (change: object = {}): Buffer =>
  wire(2, ticketType.toBuffer({ ...someTicket(), ...change }))
