/** The three examples of docs/import.md: what comes out equals a count by hand. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { KPIS } from '../../../kpi/kpis.ts'
import type { Totals } from '../../../producers/import/tally.ts'
import { example, exampleMap, importIntoArray } from './import-into-array.ts'

const gbk = () => importIntoArray({ map: exampleMap('calls.map.yaml'), calls: [example('calls-gbk.csv')] })
const asterisk = () =>
  importIntoArray({ map: exampleMap('asterisk.map.yaml'), calls: [example('queue_log'), example('Master.csv')] })
const tickets = () => importIntoArray({ map: exampleMap('tickets.map.yaml'), tickets: [example('tickets.csv')] })

function rates({ calls, tickets, due }: Totals, counted: 'calls' | 'tickets'): Record<string, string> {
  return Object.fromEntries(
    KPIS.flatMap((kpi) => {
      const of = { calls, tickets, due, callers: null }[kpi.counted]
      if (kpi.topic !== counted || of === null) return []
      const { numerator, denominator } = kpi.fractionOf(of as never)
      return [[kpi.id, `${numerator}/${denominator}`]]
    }),
  )
}

test('a GBK export with Chinese headers and local times goes in by a map of at most ten lines', async () => {
  expect(readFileSync(example('calls.map.yaml'), 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(10)
  const { readings, totals, calls } = await gbk()
  expect(readings.map(({ encoding, delimiter }) => [encoding, delimiter])).toEqual([['gbk', 'comma']])
  expect(calls[0]).toMatchObject({
    callId: 'H0001',
    arrivedAtMs: Date.parse('2023-03-10T08:59:50+08:00'),
    queuedAtMs: Date.parse('2023-03-10T09:00:02+08:00'),
    answeredAtMs: Date.parse('2023-03-10T09:00:10+08:00'),
    endedAtMs: Date.parse('2023-03-10T09:03:41+08:00'),
    line: '12345',
    region: '211103',
    agent: '101',
    outcome: 'ANSWERED',
    rating: 5,
  })
  expect(totals.calls).toMatchObject({
    offered: 9,
    answered: 5,
    abandoned: 2,
    no_seat: 1,
    flowed_out: 1,
    failed: 0,
    other: 0,
  })
  expect(rates(totals, 'calls')).toEqual({
    connectionRate: '5/9',
    answeredIn15sOfOffered: '4/9',
    answeredIn15sOfAnswered: '4/5',
    abandonmentRate: '2/9',
    goodRatingRate: '3/4',
    ratingResponseRate: '4/5',
    outboundConnectedRate: '0/0',
  })
})

test('lines that could not be mapped are listed by the number a text editor shows, after a cell of two lines too', async () => {
  const { listed } = await gbk()
  expect(listed).toEqual([
    '13: outcome is "线路异常", which the map does not name',
    '14: ORDER_OF_INSTANTS: answered_at is 13000 ms before queued_at, expected at or after it',
  ])
})

test('equal numbers get equal pseudonyms, withheld ones none, and no number is in what is sent', async () => {
  const { calls, messages } = await gbk()
  const callerOf = (id: string) => calls.find(({ callId }) => callId === id)!.caller
  expect(callerOf('H0001')).toMatch(/^p-[0-9a-f]{20}$/)
  expect(callerOf('H0005')).toBe(callerOf('H0001'))
  expect(callerOf('H0002')).not.toBe(callerOf('H0001'))
  expect(callerOf('H0007')).toBe('')
  expect(Buffer.concat(messages).toString('latin1')).not.toMatch(/138000|8000002/)
})

test('queue_log and CDR together: one call for each caller, whichever files and queues it passed through', async () => {
  const { totals, calls } = await asterisk()
  // Queued: .1 .3 .4 .6 .7 .9 (the queue was full) .10. Answered: .1 .4 (in the second queue) .7. CDR alone: .14 (IVR), .15 and .17 (outwards).
  expect(totals.calls).toMatchObject({ offered: 7, answered: 3, abandoned: 1, no_seat: 2, flowed_out: 1, outbound: 2 })
  expect(rates(totals, 'calls')).toMatchObject({
    connectionRate: '3/7',
    answeredIn15sOfOffered: '2/7',
    abandonmentRate: '1/7',
    outboundConnectedRate: '1/2',
  })
  expect(totals.outdoneCount).toBe(2)
  const overflowed = calls.find(({ callId }) => callId === '1678410300.4')
  expect(overflowed).toMatchObject({
    arrivedAtMs: 1_678_410_300_000,
    queuedAtMs: 1_678_410_310_000,
    answeredAtMs: 1_678_410_380_000,
    endedAtMs: 1_678_410_500_000,
    agent: 'Local/201@agents',
    line: '12345',
  })
  const bothFiles = calls.filter(({ callId }) => callId === '1678410000.1')
  expect(bothFiles.map(({ revision, caller }) => [revision, caller])).toEqual([
    [2, bothFiles[1]!.caller],
    [1, bothFiles[0]!.caller],
  ])
})

test('events without their call are listed, never made up', async () => {
  const { listed } = await asterisk()
  expect(listed).toEqual([
    '23: COMPLETEAGENT of a call that did not enter a queue before, expected its ENTERQUEUE in this file or an earlier one',
    '24: the call that begins here has no end in the log',
  ])
})

test('a ticket export: every rate of tickets equals a count by hand', async () => {
  const { totals, listed } = await tickets()
  expect(rates(totals, 'tickets')).toEqual({
    directResolutionRate: '2/7',
    closureRate: '5/6',
    closureRateOfDue: '5/6',
    onTimeClosureRate: '4/6',
    satisfactionRate: '3/4',
    followUpRate: '2/3',
  })
  expect(totals.ticketsByStatus).toEqual({ CLOSED: 5, DISPATCHED: 1, WITHDRAWN: 1, VOID: 1 })
  expect(listed.map((line) => line.split(' is ')[0])).toEqual(['10: acceptedAt', '11: region'])
})

test('a due date without a time of day lasts until the end of that day', async () => {
  const { tickets: imported } = await tickets()
  expect(imported[0]!.dueAtMs).toBe(Date.parse('2023-03-18T00:00:00+08:00') - 1)
})

test('the same file gives the same bytes', async () => {
  const [one, other] = [await asterisk(), await asterisk()]
  expect(Buffer.concat(one.messages).equals(Buffer.concat(other.messages))).toBe(true)
})

test.each(['calls.map.yaml', 'tickets.map.yaml'])('docs/import.md shows %s as it is', (name) => {
  const page = readFileSync(new URL('../../../docs/import.md', import.meta.url), 'utf8')
  expect(page).toContain(`\`\`\`\n${readFileSync(example(name), 'utf8')}\`\`\``)
})
