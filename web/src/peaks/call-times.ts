import type { CallAnswer } from '../../../api/answers/call-answer.ts'
import { lengthText, NOTHING } from '../figures/figure-text.ts'

export type Call = CallAnswer

/** How long a caller waited for a person (until the end where none answered), and how long they talked. */
export function callTimes({ queuedAt, answeredAt, endedAt }: Call): { wait: string; talk: string } {
  const between = (from: string | null, to: string | null) =>
    from === null || to === null ? NOTHING : lengthText(Date.parse(to) - Date.parse(from))
  return { wait: between(queuedAt, answeredAt ?? endedAt), talk: between(answeredAt, endedAt) }
}
