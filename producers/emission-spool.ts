/**
 * Puts records into the order of an instant, a year of them with the memory of a day.
 *
 * Records go into a file per UTC day, beside the capture that is being made; afterwards the days are read one by one
 * and sorted. Records of the same instant stay in the order in which they came.
 */
import { appendFileSync } from 'node:fs'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DAY_MS } from '../kpi/local-date.ts'

export type CaptureKind = 'calls' | 'tickets'

/** This much waits in memory before it is written to the files of the days. */
const WAITING_BYTES_MAX = 16 << 20
/** Before each record: its instant, its kind and its length. */
const HEAD_BYTES = 13
const KINDS: readonly CaptureKind[] = ['calls', 'tickets']

interface Spooled {
  atMs: number
  kind: CaptureKind
  body: Buffer
}

export class EmissionSpool {
  readonly #folder: string
  /** By UTC day: what is not written yet. */
  readonly #waiting = new Map<number, Buffer[]>()
  readonly #days = new Set<number>()
  #waitingBytes = 0

  private constructor(folder: string) {
    this.#folder = folder
  }

  /** @param folder  made for this; gone after `close` */
  static async create(folder: string): Promise<EmissionSpool> {
    await rm(folder, { recursive: true, force: true })
    await mkdir(folder, { recursive: true })
    return new EmissionSpool(folder)
  }

  /** @param body  copied: the caller may use its bytes again */
  add(kind: CaptureKind, atMs: number, body: Uint8Array): void {
    const record = Buffer.allocUnsafe(HEAD_BYTES + body.length)
    record.writeDoubleLE(atMs, 0)
    record.writeUInt8(KINDS.indexOf(kind), 8)
    record.writeUInt32LE(body.length, 9)
    record.set(body, HEAD_BYTES)
    const day = Math.floor(atMs / DAY_MS)
    const ofDay = this.#waiting.get(day)
    if (ofDay === undefined) this.#waiting.set(day, [record])
    else ofDay.push(record)
    this.#waitingBytes += record.length
    if (this.#waitingBytes > WAITING_BYTES_MAX) this.#write()
  }

  /** Every record once, by its instant. */
  async drain(take: (kind: CaptureKind, body: Buffer, atMs: number) => Promise<void> | void): Promise<void> {
    this.#write()
    for (const day of [...this.#days].sort((one, other) => one - other)) {
      const records = spooledIn(await readFile(this.#fileOf(day)))
      records.sort((one, other) => one.atMs - other.atMs)
      for (const { kind, body, atMs } of records) await take(kind, body, atMs)
    }
  }

  async close(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true })
  }

  #write(): void {
    for (const [day, records] of this.#waiting) {
      appendFileSync(this.#fileOf(day), Buffer.concat(records))
      this.#days.add(day)
    }
    this.#waiting.clear()
    this.#waitingBytes = 0
  }

  #fileOf(day: number): string {
    return join(this.#folder, `day${day}`)
  }
}

function spooledIn(bytes: Buffer): Spooled[] {
  const records: Spooled[] = []
  for (let at = 0; at < bytes.length; ) {
    const toByte = at + HEAD_BYTES + bytes.readUInt32LE(at + 9)
    records.push({
      atMs: bytes.readDoubleLE(at),
      kind: KINDS[bytes.readUInt8(at + 8)]!,
      body: bytes.subarray(at + HEAD_BYTES, toByte),
    })
    at = toByte
  }
  return records
}
