/** The program as a person runs it, from a test: commands, a running `up`, and what it answers. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runningUp, type UpRecord } from '../../cli/up-record.ts'
import { until } from './local-processes.ts'

export const COMMAND = fileURLToPath(new URL('../../cli/steadyline.mjs', import.meta.url))
const UP_MS_MAX = 150_000

export interface Ended {
  exitCode: number
  stdout: string
  stderr: string
}

/** Runs one command to its end. */
export function steadyline(args: string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { env: { ...process.env, LANG: 'C.UTF-8', ...env }, maxBuffer: 64 << 20 }
    execFile(process.execPath, [COMMAND, ...args], options, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : typeof error.code === 'number' ? error.code : 1
      resolve({ exitCode, stdout, stderr })
    })
  })
}

export interface Up {
  folder: string
  port: number
  record(): UpRecord
  run(...args: string[]): Promise<Ended>
  /** A JSON answer of the API; throws with the text of any other status than 200. */
  get<Answer = any>(path: string): Promise<Answer>
  /** Rows of the store. */
  rows<Row = any>(sql: string): Promise<Row[]>
  said(): string
  process: ChildProcess
  stop(): Promise<void>
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Starts `up` on a folder of its own (or a given one) and waits until it answers. `stop` removes what is left. */
export async function startUp(
  args: string[],
  { env = {}, folder }: { env?: NodeJS.ProcessEnv; folder?: string } = {},
): Promise<Up> {
  const data = folder ?? (await mkdtemp(join(tmpdir(), 'steadyline-up-')))
  const port = await freePort()
  let said = ''
  const up = spawn(process.execPath, [COMMAND, 'up', '--data', data, '--port', String(port), ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  up.stdout.on('data', (bytes) => (said += bytes))
  up.stderr.on('data', (bytes) => (said += bytes))
  const ended = new Promise<void>((resolve) => up.once('exit', () => resolve()))
  const record = () => {
    const found = runningUp(data)
    if (found === null) throw new Error(`nothing runs on ${data}; up said: ${said}`)
    return found
  }
  await until(
    `up answers; it said: ${said}`,
    async () => {
      if (up.exitCode !== null) throw new Error(`up ended with exit code ${up.exitCode}: ${said}`)
      return (
        runningUp(data) !== null && (await fetch(`http://127.0.0.1:${port}/health/live`).catch(() => null))?.ok === true
      )
    },
    UP_MS_MAX,
  )
  return {
    folder: data,
    port,
    record,
    process: up,
    said: () => said,
    run: (...command) => steadyline([...command, '--data', data], env),
    async get(path) {
      let answer = await fetch(`http://127.0.0.1:${port}${path}`)
      // A busy machine is asked again, as the answer says.
      const isNotBusy = async () => {
        if (answer.status !== 503 || !answer.headers.has('retry-after')) return true
        answer = await fetch(`http://127.0.0.1:${port}${path}`)
        return false
      }
      await until(`${path} is answered`, isNotBusy)
      const text = await answer.text()
      if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${text}`)
      return JSON.parse(text)
    },
    async rows(sql) {
      const answer = await fetch(`${record().clickhouseUrl}/?database=steadyline&default_format=JSONEachRow`, {
        method: 'POST',
        body: sql,
      })
      const text = await answer.text()
      if (!answer.ok) throw new Error(text)
      return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line))
    },
    async stop() {
      if (up.exitCode === null) up.kill('SIGTERM')
      await ended
      await rm(data, { recursive: true, force: true })
    },
  }
}
