/** Keys that change without a restart: the file is looked at every second, and read when it is another. */
import { unwatchFile, watchFile } from 'node:fs'
import type { FastifyBaseLogger } from 'fastify'
import { KeyRing } from './key-ring.ts'
import { readKeysFile } from './keys-file.ts'

const LOOK_MS = 1_000

export interface WatchedKeys {
  ring: KeyRing
  /** Says in the log what the file becomes; a broken file leaves the keys that were valid before. */
  watch(log: FastifyBaseLogger): void
  close(): void
}

/** @throws SteadylineError if the file cannot be read now */
export function watchedKeys(file: string): WatchedKeys {
  const ring = new KeyRing(readKeysFile(file))
  let onChange = () => {}
  return {
    ring,
    watch(log) {
      onChange = () => {
        try {
          ring.replace(readKeysFile(file))
          log.info({ audit: 'keys-read', keysCount: ring.count }, 'API keys were read again')
        } catch (error) {
          log.error(
            { reason: (error as Error).message },
            'API keys could not be read again: those from before stay valid',
          )
        }
      }
      // By looking, not by notices of the system: those do not survive that a file is put in its place by renaming.
      watchFile(file, { interval: LOOK_MS, persistent: false }, onChange)
    },
    close() {
      unwatchFile(file, onChange)
    },
  }
}
