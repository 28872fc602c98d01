/** `DIR/up.json`: what `up` started, so that other commands on the same folder find it by themselves. */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface UpRecord {
  /** `http://host:port` of the API. */
  api: string
  kafkaBrokers: string
  clickhouseUrl: string
  /** Processes that run now. A server that `up` did not start has none. */
  pids: { up: number; broker?: number; store?: number; processor: number; api: number }
}

const fileIn = (folder: string): string => join(folder, 'up.json')

/** The record of an `up` that runs on this folder, or null. */
export function runningUp(folder: string): UpRecord | null {
  let record: UpRecord
  try {
    record = JSON.parse(readFileSync(fileIn(folder), 'utf8')) as UpRecord
  } catch {
    return null
  }
  return isRunning(record.pids.up) ? record : null
}

/** Written whole or not at all: another command may read it at any moment. */
export function writeUpRecord(folder: string, record: UpRecord): void {
  const file = fileIn(folder)
  // Readable by its owner alone: the store's address may hold a password.
  writeFileSync(`${file}.new`, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

export function removeUpRecord(folder: string): void {
  rmSync(fileIn(folder), { force: true })
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
