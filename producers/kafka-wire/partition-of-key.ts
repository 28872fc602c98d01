/** The partition of a key, as Kafka's own clients choose it: records of one id stay in one order whoever sends them. */

const SEED = 0x9747b28c
const MULTIPLIER = 0x5bd1e995

export function partitionOfKey(key: Uint8Array, partitionsCount: number): number {
  return (murmur2(key) & 0x7fffffff) % partitionsCount
}

/** Signed, as Java's. */
export function murmur2(bytes: Uint8Array): number {
  const { length } = bytes
  let hash = SEED ^ length
  let at = 0
  for (; at + 4 <= length; at += 4) {
    let word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)
    word = Math.imul(word, MULTIPLIER)
    word = Math.imul(word ^ (word >>> 24), MULTIPLIER)
    hash = Math.imul(hash, MULTIPLIER) ^ word
  }
  if (at < length) {
    for (let byte = length - 1; byte >= at; byte -= 1) hash ^= bytes[byte]! << (8 * (byte - at))
    hash = Math.imul(hash, MULTIPLIER)
  }
  hash = Math.imul(hash ^ (hash >>> 13), MULTIPLIER)
  return hash ^ (hash >>> 15)
}
