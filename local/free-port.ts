import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { portInUse } from './local-server-error.ts'

/** A server whose parent was killed has up to 5 s to end; until then it holds its port. */
const PORT_FREED_MS_MAX = 6_000

/** Takes a loopback port for a moment: the port, or `null` if somebody has it. `0` takes any free one. */
async function tryPort(port: number): Promise<number | null> {
  const server = createServer()
  const taken = await new Promise<number | null>((resolve) => {
    server.once('error', () => resolve(null))
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : null)
    })
  })
  await new Promise((closed) => server.close(closed))
  return taken
}

/** A free loopback port for now; another program may take it before it is used. */
export async function freePort(): Promise<number> {
  const port = await tryPort(0)
  if (port === null)
    throw new Error('127.0.0.1: no free port is left, expected at least one. Close programs that listen.')
  return port
}

/**
 * The port a server is to listen on: the one asked for, else the one of last time if it is free
 * (so that clients of a restarted server find it again), else any free one.
 *
 * @param portFile where `rememberPort` wrote the port of last time
 */
export async function choosePort(name: string, portFile: string, asked: number | undefined): Promise<number> {
  if (asked !== undefined) return waitForPort(name, asked)
  const remembered = Number(await readFile(portFile, 'utf8').catch(() => ''))
  if (Number.isInteger(remembered) && remembered > 0 && (await tryPort(remembered)) !== null) return remembered
  return freePort()
}

async function waitForPort(name: string, port: number): Promise<number> {
  const giveUpAtMs = performance.now() + PORT_FREED_MS_MAX
  for (;;) {
    const free = await tryPort(port)
    if (free !== null) return free
    if (performance.now() > giveUpAtMs) throw portInUse(name, port)
    await pause(200)
  }
}

/** Called once the server is ready, never before: a refused second start must not change the port of the first. */
export async function rememberPort(portFile: string, port: number): Promise<void> {
  await writeFile(portFile, `${port}\n`)
}
