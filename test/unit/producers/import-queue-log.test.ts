import { expect, test } from 'vitest'
import { parseImportMap } from '../../../producers/import/import-map.ts'
import { Pseudonyms } from '../../../producers/import/pseudonym.ts'
import { QueueLog } from '../../../producers/import/queue-log.ts'
import { Regions } from '../../../producers/import/regions.ts'
import { fileOf, importIntoArray, PANJIN } from './import-into-array.ts'

const map = (change = '') =>
  parseImportMap('map.yaml', `salt: 0123456789abcdef\ncalls:\n  format: asterisk-queue-log\n${change}`)
const AT = 1_678_410_000
const line = (seconds: number, callId: string, event: string, agent = 'NONE') =>
  `${AT + seconds}|${callId}|q|${agent}|${event}\n`

test('a call that begins in one file of a rotated log and ends in the next is one call', async () => {
  const first = fileOf(
    line(0, 'a', 'ENTERQUEUE||13800000001|1') + line(5, 'a', 'CONNECT|5|x|4', 'seat-1'),
    'queue_log.1',
  )
  const second = fileOf(line(65, 'a', 'COMPLETEAGENT|5|60|1', 'seat-1'), 'queue_log')
  const { calls, listed } = await importIntoArray({ map: map(), calls: [first, second] })
  expect(listed).toEqual([])
  expect(calls).toMatchObject([
    {
      callId: 'a',
      queuedAtMs: AT * 1_000,
      answeredAtMs: (AT + 5) * 1_000,
      endedAtMs: (AT + 65) * 1_000,
      agent: 'seat-1',
    },
  ])
})

test('a caller who is transferred back into the queue was answered once, by the first', async () => {
  const log = fileOf(
    line(0, 'a', 'ENTERQUEUE||1|1') +
      line(5, 'a', 'CONNECT|5|x|4', 'seat-1') +
      line(65, 'a', 'BLINDTRANSFER|q|internal|5|60|1', 'seat-1') +
      line(66, 'a', 'ENTERQUEUE||1|1') +
      line(90, 'a', 'ABANDON|1|1|24'),
  )
  const { calls } = await importIntoArray({ map: map(), calls: [log] })
  expect(calls).toMatchObject([
    { answeredAtMs: (AT + 5) * 1_000, agent: 'seat-1', endedAtMs: (AT + 90) * 1_000, outcome: 'ANSWERED' },
  ])
})

test('what it means to leave a queue can be said otherwise by the map', async () => {
  const log = fileOf(line(0, 'a', 'ENTERQUEUE||1|1') + line(60, 'a', 'EXITWITHTIMEOUT|1|1|60'))
  const outcomeBy = async (change: string) =>
    (await importIntoArray({ map: map(change), calls: [log] })).calls[0]!.outcome
  expect(await outcomeBy('')).toBe('FLOWED_OUT')
  expect(await outcomeBy('  values: { outcome: { EXITWITHTIMEOUT: NO_SEAT } }\n')).toBe('NO_SEAT')
})

test('unknown events and lines that are none are listed; what says nothing of a call is not', async () => {
  const log = fileOf(
    `${line(0, 'NONE', 'PAUSE', 'seat-1')}${line(1, 'a', 'ELEPHANT')}not a line\n${line(2, 'b', 'DID|12345')}`,
  )
  const { calls, listed } = await importIntoArray({ map: map(), calls: [log] })
  expect(calls).toEqual([])
  expect(listed).toEqual([
    '2: event is "ELEPHANT", which is not known of queue_log',
    '3: 1 columns, expected time|callid|queue|agent|event|…',
  ])
})

test('a call is handed on soon after its end, not when the log ends', () => {
  const log = new QueueLog({
    source: { format: 'asterisk-queue-log' },
    regions: new Regions(PANJIN, undefined),
    pseudonyms: new Pseudonyms('0123456789abcdef'),
    revision: 1,
  })
  const event = (seconds: number, callId: string, name: string) => ({
    place: { file: 'queue_log', line: 1 },
    atMs: (AT + seconds) * 1_000,
    callId,
    queue: 'q',
    agent: 'NONE',
    event: name,
    data: [],
  })
  let handedOnCount = 0
  for (let n = 0; n < 3_000; n++) {
    for (const name of ['ENTERQUEUE', 'ABANDON']) handedOnCount += [...log.take(event(n * 60, `c${n}`, name))].length
  }
  expect(handedOnCount).toBeGreaterThan(2_900)
  expect(handedOnCount + [...log.end()].length).toBe(3_000)
})
