/** The stack that all browser tests share: everything on one machine, with the demonstration year counted. Started once. */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'
import { runningUp } from '../../cli/up-record.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the dashboard and the API of the demonstration year answer. */
    dashboard: string
    /** The data folder of its `up`: commands find the servers by it. */
    dataFolder: string
  }
}

const COMMAND = fileURLToPath(new URL('../../cli/steadyline.mjs', import.meta.url))
const SAID = /Dashboard: (http:\/\/\S+)/
/** The year is generated, streamed and counted before. */
const READY_MS_MAX = 600_000

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // While writing tests: the data folder of an `up` that runs already, with the demonstration year.
  const running = process.env.BROWSER_TEST_DATA
  if (running !== undefined) {
    project.provide('dashboard', runningUp(running)!.api)
    project.provide('dataFolder', running)
    return async () => {}
  }
  const folder = await mkdtemp(join(tmpdir(), 'steadyline-browser-'))
  const up = spawn(process.execPath, [COMMAND, 'up', '--data', folder, '--port', String(await aFreePort())], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<void>((resolve) => up.once('exit', () => resolve()))
  const stop = async () => {
    up.kill('SIGTERM')
    await ended
    await rm(folder, { recursive: true, force: true })
  }
  try {
    project.provide('dashboard', await addressOf(up))
    project.provide('dataFolder', folder)
  } catch (error) {
    await stop()
    throw error
  }
  return stop
}

/** Resolves when `up` says where its dashboard is, which it does once the year is counted. */
function addressOf(up: ReturnType<typeof spawn>): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const fail = (what: string) => reject(new Error(`${what}; up said: ${said}`))
    const timer = setTimeout(() => fail(`no dashboard within ${READY_MS_MAX} ms`), READY_MS_MAX)
    const hear = (bytes: Buffer) => {
      said += bytes
      const address = SAID.exec(said)?.[1]
      if (address === undefined) return
      clearTimeout(timer)
      resolve(address)
    }
    up.stdout!.on('data', hear)
    up.stderr!.on('data', hear)
    up.once('exit', (code) => fail(`up ended with exit code ${code}`))
  })
}

function aFreePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
