import { mkdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { choosePort, rememberPort } from './free-port.ts'
import { dataFolderInUse, type LocalServerError, portInUse, storeMissing } from './local-server-error.ts'
import type { LocalServer, LocalServerOptions } from './server.ts'
import { EXIT_CODE } from './store-server/exit-code.ts'
import { superviseNode } from './supervise-node.ts'

const MAIN = fileURLToPath(new URL('./store-server/main.ts', import.meta.url))

const CHILD_ENV = {
  /** The engine's zone is then the same on every machine; local time only ever comes from a named zone. */
  TZ: 'UTC',
  /** A running query holds a thread, and reading and writing files needs some beside them (RUNNING_MAX of engine.ts). */
  UV_THREADPOOL_SIZE: '14',
}

/** Starts ClickHouse in a child process that speaks its HTTP protocol; ready when it answers a query. */
export async function startStore(options: LocalServerOptions): Promise<LocalServer> {
  const { port: asked, say, logFile } = options
  const folder = resolve(options.folder)
  await mkdir(folder, { recursive: true })
  const portFile = join(folder, 'port')
  const port = await choosePort('store', portFile, asked)
  const address = `http://127.0.0.1:${port}`
  const child = await superviseNode({
    name: 'store',
    main: MAIN,
    args: [folder, String(port)],
    extraEnv: CHILD_ENV,
    logFile: logFile ?? join(dirname(folder), 'logs', 'store.log'),
    ready: () => answersQuery(address),
    explain: ({ code }, logTail) => explained(code, logTail, folder, port),
    say,
  })
  await rememberPort(portFile, port)
  return {
    address,
    get pid() {
      return child.pid
    },
    ended: child.ended,
    stop: () => child.stop(),
  }
}

async function answersQuery(address: string): Promise<boolean> {
  try {
    const answer = await fetch(`${address}/?query=SELECT%201`, { signal: AbortSignal.timeout(2_000) })
    return (await answer.text()) === '1\n'
  } catch {
    return false
  }
}

function explained(code: number | null, logTail: string, folder: string, port: number): LocalServerError | null {
  if (code === EXIT_CODE.notOpened && logTail.includes('Cannot lock file')) return dataFolderInUse('store', folder)
  if (code === EXIT_CODE.portInUse) return portInUse('store', port)
  if (/Cannot find (package|module) 'chdb'/.test(logTail)) return storeMissing()
  return null
}
