/**
 * API keys: how one looks, and what is kept of it.
 *
 * A key has 256 random bits, so it cannot be guessed and a single SHA-256 is enough: slow hashes are for what people
 * choose. Only the hash is kept, and a key is shown once, when it is made.
 */
import { createHash } from 'node:crypto'

const SECRET_BYTES = 32
const ID_BYTES = 6
/** `slk`, an id that is no secret and tells keys apart, the secret. Scanners find a leaked one by this form. */
export const API_KEY_FORM = /^slk_[A-Za-z0-9_-]{8}_[A-Za-z0-9_-]{43}$/

export interface MadeKey {
  /** The key itself: shown once and never kept. */
  text: string
  id: string
  /** Of the whole text, hex. */
  sha256: string
}

/** @param randomBytes  cryptographic randomness, of so many bytes */
export function makeApiKey(randomBytes: (byteCount: number) => Buffer): MadeKey {
  const id = randomBytes(ID_BYTES).toString('base64url')
  const text = `slk_${id}_${randomBytes(SECRET_BYTES).toString('base64url')}`
  return { text, id, sha256: apiKeyHash(text).toString('hex') }
}

/** 32 bytes. */
export function apiKeyHash(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
