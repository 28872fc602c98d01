/** The keys that are valid now, and who holds the one that was shown. */
import { timingSafeEqual } from 'node:crypto'
import { API_KEY_FORM, apiKeyHash } from './api-key.ts'
import type { KeptKey } from './keys-file.ts'
import type { Role } from './role.ts'

export interface KeyHolder {
  readonly name: string
  readonly role: Role
}

export class KeyRing {
  #keys: { holder: KeyHolder; hash: Buffer }[] = []

  constructor(keys: readonly KeptKey[]) {
    this.replace(keys)
  }

  get count(): number {
    return this.#keys.length
  }

  replace(keys: readonly KeptKey[]): void {
    this.#keys = keys.map(({ name, role, sha256 }) => ({ holder: { name, role }, hash: Buffer.from(sha256, 'hex') }))
  }

  /** All hashes are compared, each in constant time: how long it takes tells nothing of any key. */
  holderOf(text: string): KeyHolder | null {
    if (!API_KEY_FORM.test(text)) return null
    const shown = apiKeyHash(text)
    let found: KeyHolder | null = null
    for (const { holder, hash } of this.#keys) if (timingSafeEqual(hash, shown)) found = holder
    return found
  }
}
