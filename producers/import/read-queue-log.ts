/** Lines of a queue_log as events, handed to the log that makes calls of them. */
import { csvRows } from './csv-rows.ts'
import type { QueueLogCalls } from './map-schema.ts'
import type { Mapped } from './place.ts'
import type { QueueLog } from './queue-log.ts'
import type { ReadContext } from './read-context.ts'
import { shownShape } from './shown-cell.ts'
import { lookAt } from './source-file.ts'
import { textOf } from './source-text.ts'
import { instantOfTime, timeFormatOf } from './time-format.ts'

const USUAL_TIMES = ['epoch-seconds', 'yyyy-MM-dd HH:mm:ss']
const COLUMNS_MIN = 5

export async function* readQueueLog(
  file: string,
  source: QueueLogCalls,
  log: QueueLog,
  context: ReadContext,
): AsyncGenerator<Mapped> {
  const reading = await lookAt(file, { ...source, delimiter: 'pipe' })
  context.onFile(reading)
  const times = source.times ?? USUAL_TIMES
  const formats = times.map(timeFormatOf)
  const rows = csvRows(textOf(file, reading.encoding, context.onBytes), { ...reading, hasQuotes: false })
  for await (const { line, cells } of rows) {
    const place = { file, line }
    const [time = '', callId = '', queue = '', agent = '', event = '', ...data] = cells.map((cell) => cell.trim())
    if (cells.length < COLUMNS_MIN) {
      yield { place, reason: `${cells.length} columns, expected time|callid|queue|agent|event|…` }
      continue
    }
    const read = formats.map((format) => format(time, context.zone)).find((found) => found !== null)
    if (read === undefined) {
      yield { place, reason: `time is ${shownShape(time)}, expected ${times.join(' or ')}` }
      continue
    }
    const atMs = instantOfTime(context.zone, read, Number.NEGATIVE_INFINITY)
    yield* log.take({ place, atMs, callId, queue, agent, event, data })
  }
}
