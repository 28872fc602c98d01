import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, fstatSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs'
import { devNull } from 'node:os'
import { dirname } from 'node:path'

/**
 * Runs the command in the shell's place, so that its pid is the child's pid, with a watcher beside it.
 *
 * The watcher reads a pipe whose other end only the parent holds. The kernel closes that end however the
 * parent dies, so the read ends without a line: the child is asked to end and killed 2.5 s later, also when
 * it is stopped (SIGSTOP), hangs, or is a JVM, which never notices that its parent is gone.
 * A parent that has seen the child end writes a line instead, and the watcher leaves.
 */
const WITH_WATCHER = `
(
  exec >/dev/null 2>&1 </dev/null
  read -r line <&3 && exit
  kill -TERM $$ || exit
  kill -CONT $$
  n=0
  while [ $n -lt 10 ] && kill -0 $$; do n=$((n+1)); sleep 0.25; done
  kill -KILL $$
) &
exec 3<&-
exec "$@"
`

/** A longer log is put aside when the child starts; one put aside before goes. */
const LOG_BYTES_MAX = 16 * 1024 * 1024

export interface ChildCommand {
  /** Found on the PATH, or absolute. */
  command: string
  args: readonly string[]
  /** Default: that of this process. */
  env?: NodeJS.ProcessEnv
  /** The folder it runs in. Default: that of this process. */
  cwd?: string
  /** Gets what the child prints, appended; nothing of it reaches the terminal. Default: nowhere. */
  logFile?: string
}

/** How a child ended: by itself with a code, or by a signal. */
export interface ChildEnd {
  code: number | null
  signal: NodeJS.Signals | null
}

/** A process that ends when this one does. */
export interface Child {
  readonly pid: number
  /** Bytes the log already had when the child started. */
  readonly logFromBytes: number
  readonly ended: Promise<ChildEnd>
  /** `null` while it runs. */
  readonly end: ChildEnd | null
  kill(signal: NodeJS.Signals): void
}

/** Starts a child that outlives its parent by at most 5 s. */
export function startChild({ command, args, env, cwd, logFile = devNull }: ChildCommand): Child {
  const log = openLog(logFile)
  try {
    // A session of its own: Ctrl-C reaches `up` alone, which then ends its children in their order.
    const child = spawn('/bin/sh', ['-c', WITH_WATCHER, command, command, ...args], {
      stdio: ['ignore', log.fd, log.fd, 'pipe'],
      detached: true,
      ...(env === undefined ? {} : { env }),
      ...(cwd === undefined ? {} : { cwd }),
    })
    return watched(child, command, log.lengthBytes)
  } finally {
    closeSync(log.fd)
  }
}

function openLog(logFile: string): { fd: number; lengthBytes: number } {
  mkdirSync(dirname(logFile), { recursive: true })
  const lengthBytes = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0
  if (lengthBytes > LOG_BYTES_MAX) renameSync(logFile, `${logFile}.1`)
  const fd = openSync(logFile, 'a')
  return { fd, lengthBytes: fstatSync(fd).size }
}

function watched(child: ChildProcess, command: string, logFromBytes: number): Child {
  const { pid } = child
  if (pid === undefined) throw new Error(`/bin/sh could not be started, expected it to start ${command}.`)
  const watcher = child.stdio[3] as NodeJS.WritableStream
  watcher.on('error', () => {}) // the watcher may have left already
  let end: ChildEnd | null = null
  const ended = new Promise<ChildEnd>((resolve) => {
    child.once('exit', (code, signal) => {
      end = { code, signal }
      watcher.end('ended\n')
      resolve(end)
    })
  })
  return {
    pid,
    logFromBytes,
    ended,
    get end() {
      return end
    },
    kill: (signal) => {
      child.kill(signal)
    },
  }
}

/** Asks a child to end, also one that is stopped (SIGSTOP), and kills it when it has not ended in time. */
export async function endChild(child: Child, msMax: number): Promise<void> {
  child.kill('SIGTERM')
  child.kill('SIGCONT')
  const kill = setTimeout(() => child.kill('SIGKILL'), msMax)
  await child.ended
  clearTimeout(kill)
}
