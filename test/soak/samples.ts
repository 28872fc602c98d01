/** What is measured of processes and of the store while a soak runs. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import type { Trial } from '../faults/trial.ts'

export interface ProcessSample {
  pid: number
  /** Resident memory. */
  memoryMb: number
  /** Open files, pipes and connections; without ClickHouse's own three files of /proc for each thread that it has used. */
  handlesCount: number
}

export interface Sample {
  /** Since the soak began. */
  atMs: number
  /** By name, those that run. */
  processes: Record<string, ProcessSample>
  /** Active parts of all tables. */
  partsCount: number
  /** Records in the log that no figure has seen yet. */
  lagCount: number
}

/** Fails while a server is away: then there is nothing to measure. */
export async function takeSample(trial: Trial, atMs: number, pids: Record<string, number>): Promise<Sample> {
  const inLog = (await trial.endOffsets()).reduce((sum, { endOffset }) => sum + endOffset, 0)
  const [store] = await trial.rows<{ parts: number; counted: number }>(
    `SELECT (SELECT count() FROM system.parts WHERE active AND database = currentDatabase()) AS parts,
      (SELECT sum(until) FROM (SELECT max(next_offset) AS until FROM progress GROUP BY topic, partition)) AS counted`,
  )
  const processes: Sample['processes'] = {}
  for (const [name, pid] of Object.entries(pids)) {
    const sample = processSample(pid)
    if (sample !== null) processes[name] = sample
  }
  return { atMs, processes, partsCount: store!.parts, lagCount: Math.max(0, inLog - store!.counted) }
}

/** Null of a process that is gone, or has ended and not been taken leave of. */
function processSample(pid: number): ProcessSample | null {
  try {
    const residentKb = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
    if (Number.isNaN(residentKb)) return null
    return { pid, memoryMb: Math.round(residentKb / 1024), handlesCount: handlesOf(pid) }
  } catch {
    return null
  }
}

function handlesOf(pid: number): number {
  const folder = `/proc/${pid}/fd`
  return readdirSync(folder).filter((handle) => {
    try {
      return !readlinkSync(`${folder}/${handle}`).startsWith('/proc/')
    } catch {
      return false // closed meanwhile
    }
  }).length
}
