/** What writer and reader of Avro object container files share: magic bytes, names, errors. */

import { SteadylineError } from '../../schemas/errors.ts'
import type { RecordName } from '../../schemas/wire-format.ts'

export const MAGIC = Buffer.from('Obj\u0001', 'latin1')
export const SYNC_BYTES = 16

export type Codec = 'null' | 'deflate'

/** The files of a capture folder. */
export const CAPTURE_FILES: Readonly<Record<'calls' | 'tickets', { file: string; recordName: RecordName }>> = {
  calls: { file: 'calls.avro', recordName: 'call.v1' },
  tickets: { file: 'tickets.avro', recordName: 'ticket.v1' },
}

/** A capture file that cannot be read. The message says which, where in it, what was expected and what to do. */
export class CaptureUnreadableError extends SteadylineError {
  override readonly name = 'CaptureUnreadableError'

  constructor(file: string, problem: string, options?: ErrorOptions) {
    super('STEADYLINE_CAPTURE_UNREADABLE', 2, `${file}: ${problem}`, options)
  }
}
