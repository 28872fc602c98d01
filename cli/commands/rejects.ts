import Table from 'cli-table3'
import { headedByScenario } from '../../api/pages/scenario-heading.ts'
import { readRejected } from '../../processors/rejected/kafka-rejected-reader.ts'
import type { RejectedMessage } from '../../processors/span.ts'
import { SteadylineError } from '../../schemas/errors.ts'
import { kafkaConnectionOf } from '../../schemas/kafka-connection.ts'
import { registryOf } from '../../schemas/registry/registry-of.ts'
import type { SchemaRegistry } from '../../schemas/registry/schema-registry.ts'
import { REJECT_CODES } from '../../schemas/rejection.ts'
import { numberOption } from '../options.ts'
import { logPlaceOption } from '../rejects/log-place.ts'
import { isMeant, type RejectFilter, republish } from '../rejects/republish.ts'
import { messageText, type ShownMessage, shownMessage, wireIdOf } from '../rejects/shown-message.ts'
import { withServers } from '../servers.ts'
import { type Site, type SiteOptions, siteWithServers, siteWithStore } from '../site.ts'

/** Rows that a table shows; JSON has them all. */
const TABLE_ROWS_MAX = 50

/** What was not counted, and why, per message. */
export async function rejectsList(options: SiteOptions & { format: 'table' | 'json' }): Promise<void> {
  const site = siteWithStore(options)
  const records = await withServers(site, ({ audited }) => audited.rejects())
  const byCode: Record<string, number> = {}
  for (const { code } of records) byCode[code] = (byCode[code] ?? 0) + 1
  if (options.format === 'json') {
    const text = `${JSON.stringify({ total: records.length, byCode, records }, null, 2)}\n`
    process.stdout.write(headedByScenario(text, 'json', site.scenario))
    return
  }
  if (records.length === 0) {
    process.stdout.write('Every message was counted: there are no rejects.\n')
    return
  }
  const sums = new Table({ head: ['code', 'messages'], style: { head: [] }, colAligns: ['left', 'right'] })
  for (const [code, count] of Object.entries(byCode).sort(([, a], [, b]) => b - a)) sums.push([code, count])
  const list = new Table({
    head: ['topic', 'partition', 'offset', 'code', 'reason'],
    style: { head: [] },
    wordWrap: true,
  })
  for (const { topic, partition, offset, code, reason } of records.slice(0, TABLE_ROWS_MAX))
    list.push([topic, partition, offset, code, reason])
  process.stdout.write(`${records.length} messages were not counted.\n${sums.toString()}\n${list.toString()}\n`)
  if (records.length > TABLE_ROWS_MAX)
    process.stdout.write(`The first ${TABLE_ROWS_MAX} of ${records.length}; all of them: --format json\n`)
}

/** One message with what it holds: asked for by its place, because it may name a caller. Exit code 1 if there is none. */
export async function rejectsShow(place: string, options: SiteOptions & { format: 'text' | 'json' }): Promise<void> {
  const { topic, partition, offset } = logPlaceOption(place)
  const filter = { topic, partition, fromOffset: offset, toOffset: offset + 1 }
  const site = siteWithServers(options)
  let found: RejectedMessage | null = null
  await readRejected(readingOf(site), (message) => {
    if (isMeant(message, filter)) found = message
  })
  if (found === null) {
    throw new SteadylineError(
      'STEADYLINE_REJECT_UNKNOWN',
      1,
      `${site.names.rejected} holds no message of ${topic}/${partition}@${offset}. Places: steadyline rejects list`,
    )
  }
  const shown = await shownBy(registryOf(site.settings), found)
  process.stdout.write(`${options.format === 'json' ? JSON.stringify(shown, null, 2) : messageText(shown)}\n`)
}

async function shownBy(registry: SchemaRegistry | null, message: RejectedMessage): Promise<ShownMessage> {
  if (registry === null) return shownMessage(message)
  const id = message.value === null ? null : wireIdOf(message.value)
  return shownMessage(message, id === null ? null : await registry.schemaOf(id))
}

export interface RepublishOptions extends SiteOptions {
  code?: string[]
  topic?: string
  partition?: string
  fromOffset?: string
  toOffset?: string
  all?: boolean
  dryRun?: boolean
}

/** Rejects back into their topics, after mending what refused them. */
export async function rejectsRepublish(options: RepublishOptions): Promise<void> {
  const filter = filterOf(options)
  const site = siteWithServers(options)
  const say = (sentence: string) => process.stderr.write(`${sentence}\n`)
  const publishing = { connection: kafkaConnectionOf(site.settings), names: site.names, nowMs: Date.now, say }
  const isTold = options.dryRun === true
  const { publishedCount, equalCount, emptyCount } = await republish(
    readingOf(site),
    isTold ? null : publishing,
    [site.names.calls, site.names.tickets],
    filter,
  )
  process.stdout.write(
    `${isTold ? 'Would publish' : 'Published'} ${publishedCount.toLocaleString('en')} messages again` +
      ` (${equalCount.toLocaleString('en')} more are equal to one of them, ${emptyCount.toLocaleString('en')} hold nothing).\n` +
      (isTold
        ? ''
        : 'What is right now is counted, what is not is rejected again: npx steadyline wait, then rejects list.\n'),
  )
}

function filterOf(options: RepublishOptions): RejectFilter {
  const { code, topic, partition, fromOffset, toOffset, all } = options
  const unknown = code?.find((each) => !REJECT_CODES.some((known) => known === each))
  if (unknown !== undefined) throw optionInvalid(`--code is ${unknown}, expected one of ${REJECT_CODES.join(', ')}.`)
  const whole = (option: string, text: string) => numberOption(option, text, { isWhole: true, min: 0 })
  const filter: RejectFilter = {
    ...(code === undefined ? {} : { codes: code }),
    ...(topic === undefined ? {} : { topic }),
    ...(partition === undefined ? {} : { partition: whole('--partition', partition) }),
    ...(fromOffset === undefined ? {} : { fromOffset: whole('--from-offset', fromOffset) }),
    ...(toOffset === undefined ? {} : { toOffset: whole('--to-offset', toOffset) }),
  }
  if (Object.keys(filter).length === 0 && all !== true)
    throw optionInvalid('Nothing says which rejects are meant: give --code, --topic, --partition, offsets, or --all.')
  return filter
}

function optionInvalid(message: string): SteadylineError {
  return new SteadylineError('STEADYLINE_OPTION_INVALID', 2, message)
}

function readingOf({ settings, names }: Site) {
  const group = `steadyline.rejects.${process.pid}`
  return { connection: kafkaConnectionOf(settings), topic: names.rejected, group }
}
