import type { VerdictRecord } from '../../schemas/verdict-record.ts'

/** Publishes verdicts; acknowledged when it returns. Publishing one again changes nothing for those who keep the last. */
export interface VerdictTopic {
  publish(records: readonly VerdictRecord[]): Promise<void>
  close(): Promise<void>
}
