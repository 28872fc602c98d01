import Table from 'cli-table3'
import { headedByScenario } from '../../api/pages/scenario-heading.ts'
import { withServers } from '../servers.ts'
import { type SiteOptions, siteWithServers } from '../site.ts'

/** Rows that a table shows; JSON has them all. */
const TABLE_ROWS_MAX = 50

/** What was not counted, and why, per message. */
export async function rejectsList(options: SiteOptions & { format: 'table' | 'json' }): Promise<void> {
  const site = siteWithServers(options)
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
