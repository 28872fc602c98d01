/** What is measured of processes and of the store while a soak runs, and whether it grows. */
import { readdirSync, readFileSync } from 'node:fs'

/** By what is measured, for example `store memory, MB`: a number. */
export type Sample = Record<string, number>

/** Resident memory in MB and open handles of a process; nothing of one that is gone. */
export function processSample(name: string, pid: number): Sample {
  try {
    const residentKb = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
    return {
      [`${name} memory, MB`]: Math.round(residentKb / 1024),
      [`${name} handles`]: readdirSync(`/proc/${pid}/fd`).length,
    }
  } catch {
    return {}
  }
}

/** A row per measure: the median of each quarter of the time, so that what grows is seen to. */
export function quartersTable(samples: readonly Sample[]): string {
  const names = [...new Set(samples.flatMap((sample) => Object.keys(sample)))]
  const quarters = [0, 1, 2, 3].map((quarter) =>
    samples.slice(Math.floor((quarter * samples.length) / 4), Math.floor(((quarter + 1) * samples.length) / 4)),
  )
  const rows = names.map((name) => {
    const medians = quarters.map((part) => medianOf(part.flatMap((sample) => sample[name] ?? [])))
    const greatest = Math.max(...samples.flatMap((sample) => sample[name] ?? []))
    return `| ${[name, ...medians, greatest].join(' | ')} |`
  })
  return ['| | 1st quarter | 2nd | 3rd | 4th | greatest |', '|---|---:|---:|---:|---:|---:|', ...rows].join('\n')
}

function medianOf(values: readonly number[]): number | string {
  if (values.length === 0) return '–'
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}
