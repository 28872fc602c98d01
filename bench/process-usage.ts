/** What processes have used so far, as Linux counts it: processor time hardly depends on what else the machine does. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const TICKS_PER_S = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))

export interface Usage {
  /** User and system time of all threads, seconds. */
  cpuS: number
  /** Greatest resident memory since the process began, MiB. */
  peakMiB: number
}

/** @throws if the process is gone */
export function usageOf(pid: number): Usage {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ') // the name before it may hold blanks
  const cpuS = (Number(fields[11]) + Number(fields[12])) / TICKS_PER_S
  const peakKiB = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return { cpuS, peakMiB: Number(peakKiB ?? 0) / 1024 }
}

/** Processor time since the watch began, seconds, and peak memory, by name of the process. */
export class UsageWatch<Name extends string> {
  readonly #pids: Record<Name, number>
  readonly #before = new Map<string, number>()

  constructor(pids: Record<Name, number>) {
    this.#pids = pids
    for (const [name, pid] of Object.entries<number>(pids)) this.#before.set(name, usageOf(pid).cpuS)
  }

  used(): Record<Name, Usage> {
    const used = Object.entries<number>(this.#pids).map(([name, pid]) => {
      const { cpuS, peakMiB } = usageOf(pid)
      return [name, { cpuS: cpuS - this.#before.get(name)!, peakMiB }]
    })
    return Object.fromEntries(used) as Record<Name, Usage>
  }
}
