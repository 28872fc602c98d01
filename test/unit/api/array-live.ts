/** What the live stream asks of the store, said by a test. */

import type { DayEvidence, LiveReader } from '../../../api/live/live-reader.ts'
import type { IssuedVerdict } from '../../../api/store/issued-verdict.ts'
import type { ConnectionCell, Watermarks } from '../../../api/store/store-reader.ts'

export class ArrayLive implements LiveReader {
  stateText = ''
  marks: Watermarks = { callsAtMs: null, ticketsAtMs: null }
  days: DayEvidence[] = []
  cellsOfDays: ConnectionCell[] = []
  verdicts: IssuedVerdict[] = []
  /** Thrown instead of every answer. */
  fault: Error | null = null
  looksCount = 0

  async state(): Promise<string> {
    this.looksCount += 1
    if (this.fault !== null) throw this.fault
    return this.stateText
  }

  async watermarks(): Promise<Watermarks> {
    return this.marks
  }

  async evidenceByDay(): Promise<DayEvidence[]> {
    return this.days
  }

  async cells(): Promise<ConnectionCell[]> {
    return this.cellsOfDays
  }

  async issuedVerdicts(): Promise<IssuedVerdict[]> {
    return this.verdicts
  }
}
