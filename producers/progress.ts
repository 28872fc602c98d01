/** What long work says of itself while it runs. */
export interface Progress {
  publishedCount: number
  /** Null where nobody knows beforehand. */
  expectedCount: number | null
  /** How far in the records' own time: `emitted_at` of the latest one. */
  atMs: number
}

export type OnProgress = (progress: Progress) => void

/** Records between two reports, and between two looks at what else the process has to do. */
export const REPORT_EVERY_COUNT = 2_000
