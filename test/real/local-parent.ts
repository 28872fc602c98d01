/**
 * A stand-in for `up` that tests may kill: starts the servers named on the command line and tells how it went
 * in one line of JSON. `local-parent.ts FOLDER broker|store|sleeper …`
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { startBroker } from '../../local/broker.ts'
import { startChild } from '../../local/child.ts'
import { LocalServerError } from '../../local/local-server-error.ts'
import { startStore } from '../../local/store.ts'

export interface ParentAnswer {
  pids: number[]
  addresses: string[]
  error?: { code: string; message: string; exitCode: number }
}

const [folder = '.', ...names] = process.argv.slice(2)
mkdirSync(folder, { recursive: true })

const STARTS = {
  broker: (cacheFolder: string | undefined) =>
    startBroker({
      folder: join(folder, 'broker'),
      say: () => {},
      ...(cacheFolder === undefined ? {} : { cacheFolder }),
    }),
  store: () => startStore({ folder: join(folder, 'store'), say: () => {} }),
  /** A child that does not listen to anybody: it has to be killed. */
  sleeper: async () => ({
    ...startChild({ command: '/bin/sh', args: ['-c', "trap '' TERM; while :; do sleep 0.1; done"] }),
    address: '',
  }),
}

try {
  const cacheFolder = process.env.TEST_CACHE_FOLDER
  const servers = await Promise.all(names.map((name) => STARTS[name as keyof typeof STARTS](cacheFolder)))
  tell({ pids: servers.map(({ pid }) => pid), addresses: servers.map(({ address }) => address) })
} catch (error) {
  if (!(error instanceof LocalServerError)) throw error
  tell({ pids: [], addresses: [], error: { code: error.code, message: error.message, exitCode: error.exitCode } })
  process.exit(error.exitCode)
}

function tell(answer: ParentAnswer): void {
  process.stdout.write(`${JSON.stringify(answer)}\n`)
}
