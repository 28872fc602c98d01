/** What is asked of everybody who takes part. */
import type { Usage } from '../process-usage.ts'
import type { CountedCell, RecordOrder } from './made-records.ts'

export interface Race {
  brokers: string
  brokerPid: number
  /** A folder for this run alone. */
  folder: string
  order: RecordOrder
  topic: string
  recordCount: number
  truth: readonly CountedCell[]
}

export interface RaceResult {
  /** From when it reads to when the offsets of everything are committed, seconds. */
  seconds: number
  /** Of its own processes in that time, by name. */
  usage: Record<string, Usage>
  /** Of the broker in that time, seconds. */
  brokerCpuS: number
  /** Until the store has merged what was due, too, seconds. */
  settledCpuS: number
  /** What is wrong with its figures, or null if they are right. */
  wrong: string | null
  /** What else is worth knowing. */
  note?: string
}

export interface Contender {
  name: string
  run(race: Race): Promise<RaceResult>
}
