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
  const start = cursor.at
  skipVarint(cursor)
  const { bytes, at } = cursor
  const first = bytes[start]!
  let magnitude = (first & 0x7f) >>> 1 // the lowest bit is the sign, so the rest keeps 53 bits
  for (let index = start + 1, weight = 64; index < at; index += 1, weight *= 128) {
    magnitude += (bytes[index]! & 0x7f) * weight
  }
  return (first & 1) === 0 ? magnitude : -magnitude - 1
}
