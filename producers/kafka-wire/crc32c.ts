/** CRC-32C (Castagnoli), with which Kafka checks a batch. Four tables: four bytes a step. */

const POLYNOMIAL = 0x82f63b78

const TABLES = [new Int32Array(256), new Int32Array(256), new Int32Array(256), new Int32Array(256)] as const
for (let byte = 0; byte < 256; byte += 1) {
  let crc = byte
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1
  TABLES[0][byte] = crc
}
for (let byte = 0; byte < 256; byte += 1) {
  for (let table = 1; table < 4; table += 1) {
    const before = TABLES[table - 1]![byte]!
    TABLES[table]![byte] = (before >>> 8) ^ TABLES[0][before & 0xff]!
  }
}

/** Of the bytes from `from` (in) to `to` (out); unsigned. */
export function crc32c(bytes: Uint8Array, from: number, to: number): number {
  const [first, second, third, fourth] = TABLES
  let crc = -1
  let at = from
  for (; at + 4 <= to; at += 4) {
    crc ^= bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)
    crc = fourth[crc & 0xff]! ^ third[(crc >>> 8) & 0xff]! ^ second[(crc >>> 16) & 0xff]! ^ first[crc >>> 24]!
  }
  for (; at < to; at += 1) crc = (crc >>> 8) ^ first[(crc ^ bytes[at]!) & 0xff]!
  return ~crc >>> 0
}
