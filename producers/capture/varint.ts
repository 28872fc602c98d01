/** Avro's whole numbers: seven bits a byte, the least first, signs folded in (zigzag). */

/** A cursor over bytes that leaves them untouched. */
export interface Cursor {
  bytes: Uint8Array
  at: number
}

/** The bytes end in the middle of something. */
export class CutOffError extends Error {
  override readonly name = 'CutOffError'
}

/** Passes over a number of any length, also one too long for its type: judging it is the processor's work. */
export function skipVarint(cursor: Cursor): void {
  const { bytes } = cursor
  let at = cursor.at
  while (true) {
    if (at >= bytes.length) throw new CutOffError('the bytes end in the middle of a number')
    if (bytes[at++]! < 0x80) break
  }
  cursor.at = at
}

/** Reads a number; beyond ±2^53 only roughly. */
export function readVarint(cursor: Cursor): number {
  const { bytes } = cursor
  let folded = 0
  let weight = 1
  while (true) {
    if (cursor.at >= bytes.length) throw new CutOffError('the bytes end in the middle of a number')
    const byte = bytes[cursor.at++]!
    folded += (byte & 0x7f) * weight
    if (byte < 0x80) break
    weight *= 128
  }
  return folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2
}
