/** What sealing and deleting years asks of the store. clickhouse-sealing-store.ts fulfils it. */

/** Facts of a UTC year, duplicates that have not merged yet included. */
export interface YearOfFacts {
  year: number
  callRows: number
  ticketRows: number
}

/** A series of cells, and in whose zone its callers' days begin. */
export interface LiveSeries {
  definitions: string
  timeZone: string
}

export interface SealingStore {
  /** Before which instant cells are sealed, epoch ms; 0 if none are. */
  sealedBeforeMs(): Promise<number>
  /** Before which instant records are refused, epoch ms: a seal that was begun, whole or not; 0 if none. */
  refusedBeforeMs(): Promise<number>
  /** UTC years that have facts, rising. */
  years(): Promise<YearOfFacts[]>
  /** Announces the seal, and lets the fact tables refuse what is older. Inserts that began before may still come in. */
  refuseFactsBefore(beforeAtMs: number): Promise<void>
  /** Returns once no insert is under way that began before it was called. @throws SteadylineError if one does not end */
  insertsUnderWayEnded(): Promise<void>
  /** Series some of whose cells or caller-days of before have not seen all their facts, with how many. */
  behindFacts(beforeAtMs: number, own: LiveSeries): Promise<Map<string, number>>
  /** Keeps what answers about sealed years still need of their records. */
  keepWhatAnswersNeed(beforeAtMs: number): Promise<void>
  /** From now on nobody computes a cell of before again. */
  seal(beforeAtMs: number): Promise<void>
  /** Deletes the facts of before, by whole years. */
  deleteFacts(beforeAtMs: number): Promise<void>
  close(): Promise<void>
}
