import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { devNull } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { type Child, type ChildCommand, type ChildEnd, endChild, startChild } from './child.ts'
import { LocalServerError } from './local-server-error.ts'

/** A child whose parent was killed has up to 5 s to end; until then it holds its data folder. */
const FOLDER_FREED_MS_MAX = 6_000
/** More deaths in a row than this, each soon after the start, are no accident: the next would be like the last. */
const QUICK_DEATHS_MAX = 4
const QUICK_MS_MAX = 5_000
const LOG_TAIL_BYTES = 8_192

export interface SuperviseOptions extends ChildCommand {
  /** As it reads in a sentence: `broker`, `store`. */
  name: string
  /** Says whether the child can be used; asked again and again until it can. */
  ready: () => Promise<boolean>
  /** Default 30 s: a broker that reads its log again after a crash takes its time. */
  readyMsMax?: number
  /** How long a child may take to end when asked. Default 10 s. */
  stopMsMax?: number
  /** Turns an end before the child was ready into an error that says what to do; `null`: the ordinary one. */
  explain?: (end: ChildEnd, logTail: string) => LocalServerError | null
  say: (sentence: string) => void
}

export interface Supervised {
  readonly pid: number
  readonly ended: Promise<Error | null>
  stop(): Promise<void>
}

/**
 * Starts a child, waits until it can be used, and starts it again when it dies, with the same command:
 * the same port and the same folder. Gives up when it dies again and again.
 */
export async function supervise(options: SuperviseOptions): Promise<Supervised> {
  const supervisor = new Supervisor(options)
  await supervisor.start()
  return supervisor
}

class Supervisor implements Supervised {
  readonly ended: Promise<Error | null>
  #sayEnded: (reason: Error | null) => void = () => {}
  readonly #options: SuperviseOptions
  #child: Child | null = null
  #stopping = false
  #quickDeaths = 0
  #readyAtMs = 0

  constructor(options: SuperviseOptions) {
    this.#options = options
    this.ended = new Promise((resolve) => {
      this.#sayEnded = resolve
    })
  }

  get pid(): number {
    return this.#child?.pid ?? 0
  }

  async start(): Promise<void> {
    const child = await this.#startUntilReady()
    this.#readyAtMs = performance.now()
    void child.ended.then((end) => this.#startAgain(end))
  }

  async stop(): Promise<void> {
    this.#stopping = true
    const child = this.#child
    if (child !== null && child.end === null) await endChild(child, this.#options.stopMsMax ?? 10_000)
    this.#sayEnded(null)
  }

  async #startAgain(end: ChildEnd): Promise<void> {
    const { name, say } = this.#options
    const diedAtMs = performance.now()
    let reason: unknown = this.#endedError(end, '')
    if (diedAtMs - this.#readyAtMs > QUICK_MS_MAX) this.#quickDeaths = 0
    if (!this.#stopping) say(`The ${name} ended (${inWords(end)}); it is being started again.`)
    while (!this.#stopping) {
      this.#quickDeaths += 1
      if (this.#quickDeaths > QUICK_DEATHS_MAX) return this.#giveUp(reason)
      try {
        await this.start()
        say(`The ${name} answers again, ${((performance.now() - diedAtMs) / 1000).toFixed(1)} s after it ended.`)
        return
      } catch (error) {
        reason = error
        await pause(200)
      }
    }
  }

  #giveUp(reason: unknown): void {
    const error = reason instanceof Error ? reason : new Error(String(reason))
    this.#options.say(error.message)
    this.#sayEnded(error)
  }

  async #startUntilReady(): Promise<Child> {
    const folderFreedAtMs = performance.now() + FOLDER_FREED_MS_MAX
    for (;;) {
      try {
        return await this.#startOnce()
      } catch (error) {
        const inUse = error instanceof LocalServerError && error.code === 'STEADYLINE_DATA_FOLDER_IN_USE'
        if (this.#stopping || !inUse || performance.now() > folderFreedAtMs) throw error
        await pause(250)
      }
    }
  }

  async #startOnce(): Promise<Child> {
    const { name, logFile = devNull, explain, ready, readyMsMax = 30_000 } = this.#options
    const child = startChild(this.#options)
    this.#child = child
    const giveUpAtMs = performance.now() + readyMsMax
    const isReady = () => Promise.race([ready().catch(() => false), child.ended.then(() => false)])
    while (child.end === null && !(await isReady())) {
      if (performance.now() > giveUpAtMs) {
        await endChild(child, 2_000)
        throw new LocalServerError(
          'STEADYLINE_CHILD_NOT_READY',
          `The ${name} started but did not answer within ${readyMsMax / 1000} s. What it printed is in ${logFile}.`,
        )
      }
      await Promise.race([child.ended, pause(40)])
    }
    if (child.end === null) return child
    const logTail = tailOf(logFile, child.logFromBytes)
    throw explain?.(child.end, logTail) ?? this.#endedError(child.end, logTail)
  }

  #endedError(end: ChildEnd, logTail: string): LocalServerError {
    const { name, logFile = devNull } = this.#options
    const lastLine = logTail.trimEnd().split('\n').at(-1) ?? ''
    const printed = lastLine === '' ? '' : ` Its last line: ${lastLine}`
    return new LocalServerError(
      'STEADYLINE_CHILD_ENDED',
      `The ${name} does not stay up (${inWords(end)}).${printed} What it printed is in ${logFile}; mend the cause and start again.`,
    )
  }
}

function inWords({ code, signal }: ChildEnd): string {
  return signal === null ? `exit code ${code}` : `killed by ${signal}`
}

function lengthOf(file: string): number {
  const opened = openSync(file, 'r')
  try {
    return fstatSync(opened).size
  } finally {
    closeSync(opened)
  }
}

/** The end of what a file got since it was `from` bytes long. */
function tailOf(file: string, from: number): string {
  const length = lengthOf(file)
  const start = Math.max(Math.min(from, length), length - LOG_TAIL_BYTES)
  const tail = Buffer.alloc(length - start)
  const opened = openSync(file, 'r')
  try {
    readSync(opened, tail, 0, tail.length, start)
  } finally {
    closeSync(opened)
  }
  return tail.toString('utf8')
}
