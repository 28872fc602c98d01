/** Where numbers were taken, for the results: without it they say nothing. */
import { execFileSync } from 'node:child_process'
import { cpus, loadavg, release, totalmem } from 'node:os'

export interface Machine {
  processor: string
  cores: number
  memoryGiB: number
  kernel: string
  node: string
  commit: string
  /** Mean load of the minute before: more than a little, and times are not to be trusted. */
  load: number
  at: string
}

export function machine(): Machine {
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    node: process.version,
    commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim(),
    load: Number(loadavg()[0]!.toFixed(2)),
    at: new Date().toISOString(),
  }
}

export function machineSentence({ processor, cores, memoryGiB, node, commit, load, at }: Machine): string {
  return `${processor}, ${cores} cores, ${memoryGiB} GiB, Node ${node}, commit ${commit}, ${at}; load when it began: ${load}.`
}
