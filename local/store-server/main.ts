/** The store's process: `main.ts FOLDER PORT`. Started by store.ts, which reads the exit codes. */

import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { endWithParent } from '../end-with-parent.ts'
import { Engine } from './engine.ts'
import { EXIT_CODE } from './exit-code.ts'
import { buildStoreServer } from './http.ts'
import { Incoming } from './incoming.ts'

const [folder, port] = process.argv.slice(2)
if (folder === undefined || port === undefined) throw new Error('main.ts FOLDER PORT: both are expected.')

mkdirSync(folder, { recursive: true })
process.chdir(folder) // from here on every path is relative: the folder's own name may hold anything

const engine = openEngine()
const server = buildStoreServer({ engine, incoming: await Incoming.open('incoming') })
server.once('error', (error: NodeJS.ErrnoException) => {
  process.stderr.write(`${error.message}\n`)
  process.exit(error.code === 'EADDRINUSE' ? EXIT_CODE.portInUse : 1)
})
server.listen(Number(port), '127.0.0.1')

endWithParent(async () => {
  const closed = once(server, 'close')
  server.close() // takes no more, and waits for the answers that are under way
  const closing = setInterval(() => server.closeIdleConnections(), 50) // those that become idle now would stay open
  await closed
  clearInterval(closing)
  await engine.close()
})

function openEngine(): Engine {
  try {
    return new Engine('engine')
  } catch (error) {
    // The engine has printed the reason itself; the one that happens is that its folder is locked.
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(EXIT_CODE.notOpened)
  }
}
