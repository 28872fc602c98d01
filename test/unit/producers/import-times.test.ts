import { expect, test } from 'vitest'
import { zoneOf } from '../../../kpi/zone.ts'
import { instantOfTime, timeFormatOf, timeFormatProblem } from '../../../producers/import/time-format.ts'
import { callMap, fileOf, importIntoArray, PANJIN } from './import-into-array.ts'

const SHANGHAI = zoneOf('Asia/Shanghai')
const NEW_YORK = zoneOf('America/New_York')

function read(format: string, text: string, zone = SHANGHAI): string | null {
  const time = timeFormatOf(format)(text, zone)
  return time === null ? null : new Date(instantOfTime(zone, time, Number.NEGATIVE_INFINITY)).toISOString()
}

test.each([
  ['yyyy-MM-dd HH:mm:ss', '2023-03-10 09:00:00', '2023-03-10T01:00:00.000Z'],
  ['yyyy-MM-dd HH:mm:ss', '2023-03-10 09:00:00.1239', '2023-03-10T01:00:00.123Z'],
  ['yyyy-MM-dd HH:mm:ss', '2023-3-10 9:00:00', null],
  ['yyyy/M/d H:mm:ss', '2023/3/10 9:00:00', '2023-03-10T01:00:00.000Z'],
  ['d.M.yyyy H:mm', '10.3.2023 9:05', '2023-03-10T01:05:00.000Z'],
  ['yyyy年M月d日 H时m分', '2023年3月10日 9时5分', '2023-03-10T01:05:00.000Z'],
  ['yyyyMMddHHmmss', '20230310090000', '2023-03-10T01:00:00.000Z'],
  ['yyyy-M-d', '2023-02-29', null],
  ['yyyy-M-d H:m', '2023-03-10 24:00', null],
  ['epoch-seconds', '1678410000', '2023-03-10T01:00:00.000Z'],
  ['epoch-milliseconds', '1678410000123', '2023-03-10T01:00:00.123Z'],
  ['asterisk-uniqueid', 'pbx1-1678410000.42', '2023-03-10T01:00:00.000Z'],
  ['iso', '2023-03-10T09:00:00+08:00', '2023-03-10T01:00:00.000Z'],
])('%s reads %s as %s', (format, text, instant) => expect(read(format, text)).toBe(instant))

test.each(['HH:mm', 'yyyy-MM-dd hh:mm', 'yyyy-MM-dd mm', 'yyyy-yyyy-MM-dd', 'seconds'])(
  '%s is no format, and says why',
  (format) => expect(timeFormatProblem(format)).not.toBeNull(),
)

// 2023-11-05 in New York, clocks set back at 02:00:
//   local  01:59:50 EDT   01:00 EST
//   UTC    05:59:50       06:00
test('a local time shown twice is the first one, unless the row says that something happened between', async () => {
  expect(read('yyyy-M-d H:m:s', '2023-11-05 01:30:00', NEW_YORK)).toBe('2023-11-05T05:30:00.000Z')
  const columns = 'id: id, arrivedAt: arrived, queuedAt: queued, answeredAt: answered, endedAt: ended, outcome: outcome'
  const row = 'c-1,2023-11-05 01:59:50,2023-11-05 01:59:55,2023-11-05 01:00:03,2023-11-05 01:04:00,ANSWERED'
  const { calls, listed } = await importIntoArray({
    map: callMap('', columns),
    calls: [fileOf(`id,arrived,queued,answered,ended,outcome\n${row}\n`)],
    profile: { ...PANJIN, timeZone: 'America/New_York' },
  })
  expect(listed).toEqual([])
  expect([calls[0]!.arrivedAtMs, calls[0]!.answeredAtMs, calls[0]!.endedAtMs]).toEqual(
    ['05:59:50', '06:00:03', '06:04:00'].map((time) => Date.parse(`2023-11-05T${time}Z`)),
  )
})

test('a local time that clocks skip moves to the end of the gap', () => {
  expect(read('yyyy-M-d H:m:s', '2023-03-12 02:30:00', NEW_YORK)).toBe('2023-03-12T07:00:00.000Z')
})

// arrived  queued    answered       ended
//    | ivr 5 | wait 20 | talk 60      |
test('lengths make the instants that an export does not have', async () => {
  const columns = 'id: id, arrivedAt: arrived, ivrSeconds: ivr, queueSeconds: wait, talkSeconds: talk, outcome: outcome'
  const rows = [
    'answered,1678410000,5,20,60,ANSWERED',
    'answered-by-clock,1678410000,0:00:05,0:20,1:00,ANSWERED',
    'gone,1678410000,5,20,0,WAITING_ABANDONED',
    'ivr,1678410000,5,,,IVR_COMPLETED',
    'no-talk,1678410000,5,20,,ANSWERED',
  ]
  const map = callMap('  times: [epoch-seconds]\n', columns)
  const { calls, listed } = await importIntoArray({
    map,
    calls: [fileOf(`id,arrived,ivr,wait,talk,outcome\n${rows.join('\n')}\n`)],
  })
  const after = (atMs: number | null) => (atMs === null ? null : (atMs - 1_678_410_000_000) / 1_000)
  expect(
    calls.map((call) => [call.callId, after(call.queuedAtMs), after(call.answeredAtMs), after(call.endedAtMs)]),
  ).toEqual([
    ['answered', 5, 25, 85],
    ['answered-by-clock', 5, 25, 85],
    ['gone', 5, null, 25],
    ['ivr', null, null, 5],
  ])
  expect(listed).toEqual(['6: nothing says when the call ended: an end, or the seconds of its last part'])
})

test('an answer is found from the end backwards where only talk and total are known', async () => {
  const columns = 'id: id, arrivedAt: arrived, totalSeconds: total, talkSeconds: talk, outcome: outcome'
  const map = callMap('  times: [epoch-seconds]\n', columns)
  const { calls } = await importIntoArray({
    map,
    calls: [fileOf('id,arrived,total,talk,outcome\nc-1,1678410000,100,70,ANSWERED\n')],
  })
  expect(calls[0]).toMatchObject({ answeredAtMs: 1_678_410_030_000, endedAtMs: 1_678_410_100_000 })
})
