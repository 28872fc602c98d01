/** Where a message stands in the log, as people type it. */
import type { TopicPartition } from '../../processors/log-reader.ts'
import { SteadylineError } from '../../schemas/errors.ts'

/** `hotline.calls.v1:3:1042`, or as messages are named elsewhere: `hotline.calls.v1/3@1042`. */
export function logPlaceOption(text: string): TopicPartition & { offset: number } {
  const found = /^([A-Za-z0-9._-]{1,249})(?::(\d{1,9}):|\/(\d{1,9})@)(\d{1,15})$/.exec(text)
  if (found !== null) return { topic: found[1]!, partition: Number(found[2] ?? found[3]), offset: Number(found[4]) }
  throw new SteadylineError(
    'STEADYLINE_OPTION_INVALID',
    2,
    `The place is ${JSON.stringify(text)}, expected topic:partition:offset as \`steadyline rejects list\` prints them, for example hotline.calls.v1:3:1042.`,
  )
}
