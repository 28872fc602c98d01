/** Why a message is not counted, in the order in which the reasons are tried. */
export const REJECT_CODES = [
  'NOT_WIRE_FORMAT',
  'UNKNOWN_SCHEMA',
  'UNDECODABLE',
  'BAD_ID',
  'BAD_REVISION',
  'ANSWERED_WITHOUT_QUEUE',
  'ORDER_OF_INSTANTS',
  'INSTANT_OUT_OF_RANGE',
  'BAD_RATING',
  'FIELD_TOO_LONG',
  'BEFORE_RETENTION',
  'STORE_REFUSED',
] as const
export type RejectCode = (typeof REJECT_CODES)[number]

/** A message that is not counted. The reason holds field names, numbers and expectations, never a field's text. */
export interface Rejection {
  code: RejectCode
  reason: string
}
