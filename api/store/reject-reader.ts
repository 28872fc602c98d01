/** What the API asks of the store about messages that were not counted. The adapter is clickhouse-rejects.ts. */

/** Where a message stands in the log. */
export interface LogPlace {
  topic: string
  partition: number
  offset: number
}

export interface Reject extends LogPlace {
  code: string
  /** Names fields and numbers, never what a record holds. */
  reason: string
}

export interface RejectQuestion {
  code: string | null
  topic: string | null
  /** The last one of the page before. */
  after: LogPlace | null
  rowsMax: number
}

export interface RejectReader {
  /** By topic, partition and offset. */
  rejects(question: RejectQuestion): Promise<Reject[]>
  /** Messages by code, the most frequent first. */
  countsByCode(): Promise<Record<string, number>>
}
