import { afterEach, expect, test } from 'vitest'
import { answeredProfileOf } from '../../../api/answered-profile.ts'
import { LiveFeed } from '../../../api/live/live-feed.ts'
import { until } from '../../real/local-processes.ts'
import { ArrayLive } from './array-live.ts'
import { at, PANJIN } from './asked-app.ts'

const answered = answeredProfileOf(PANJIN)
const feeds: LiveFeed[] = []

afterEach(() => {
  for (const feed of feeds.splice(0)) feed.close()
})

function aFeed(): { feed: LiveFeed; store: ArrayLive } {
  const store = new ArrayLive()
  const feed = new LiveFeed(answered, store, { runName: 'run', lookMs: 5, listenersMax: 2 })
  feeds.push(feed)
  return { feed, store }
}

interface Heard {
  id: string
  name: string
  content: any
}

/** Collects what a listener hears. */
function listening(feed: LiveFeed, lastId: string | null = null): { heard: Heard[]; stop: () => void } {
  const heard: Heard[] = []
  const stop = feed.listen((text) => {
    const [, id, name, json] = /^id: (.*)\nevent: (.*)\ndata: (.*)\n\n$/.exec(text)!
    heard.push({ id: id!, name: name!, content: JSON.parse(json!) })
  }, lastId)
  return { heard, stop }
}

const CELL = { cellAtMs: at('2023-03-10T18:15'), evidence: 7, offered: 6, answered: 5, simulated: 0 }

function count(store: ArrayLive, evidence: number): void {
  store.days = [{ day: '2023-03-10', calls: evidence, tickets: 0 }]
  store.cellsOfDays = [{ ...CELL, evidence }]
  store.stateText = `counted ${evidence}`
}

test('a listener hears first how fresh the figures are, then the cells that were counted anew', async () => {
  const { feed, store } = aFeed()
  count(store, 7)
  store.marks = { callsAtMs: at('2023-03-11T00:00'), ticketsAtMs: at('2023-03-12T00:00') }
  const { heard } = listening(feed)
  await until('the first event', () => heard.length > 0)
  expect(heard[0]).toMatchObject({
    name: 'freshness',
    content: {
      asOf: '2023-03-11T00:00:00+08:00',
      watermarks: { calls: '2023-03-11T00:00:00+08:00', tickets: '2023-03-12T00:00:00+08:00' },
      years: [{ year: '2023', evidence: { calls: 7, tickets: 0 } }],
    },
  })
  count(store, 9)
  await until('the change', () => heard.length >= 3)
  expect(heard.map(({ name }) => name)).toEqual(['freshness', 'freshness', 'cells'])
  expect(heard[2]!.content).toEqual({
    changedCount: 1,
    days: ['2023-03-10'],
    cells: [{ startAt: '2023-03-10T18:15:00+08:00', offeredCount: 6, answeredCount: 5, ratio: 5 / 6, evidence: 9 }],
  })
})

test('one look serves all who listen, and nobody listens beyond the limit', async () => {
  const { feed, store } = aFeed()
  const [one, other] = [listening(feed), listening(feed)]
  expect(feed.hasRoom).toBe(false)
  await until('both heard', () => one.heard.length > 0 && other.heard.length > 0)
  const looksBefore = store.looksCount
  await until('more looks', () => store.looksCount >= looksBefore + 3)
  expect(one.heard).toHaveLength(1) // nothing changed, so nothing is said
  other.stop()
  expect(feed.hasRoom).toBe(true)
})

test('who comes back with the last id hears what was missed, and a strange id is no harm', async () => {
  const { feed, store } = aFeed()
  const first = listening(feed)
  await until('the first event', () => first.heard.length === 1)
  first.stop()
  const whileAway = listening(feed)
  count(store, 3)
  await until('a change', () => whileAway.heard.length >= 3)
  const back = listening(feed, first.heard[0]!.id)
  expect(back.heard.map(({ name }) => name)).toEqual(['freshness', 'freshness', 'cells'])
  back.stop()
  expect(listening(feed, 'of-another-run-1').heard.map(({ name }) => name)).toEqual(['freshness'])
})

test('a store that is away for a while is asked again', async () => {
  const { feed, store } = aFeed()
  store.fault = new Error('away')
  const { heard } = listening(feed)
  await until('some looks', () => store.looksCount > 2)
  expect(heard).toEqual([])
  store.fault = null
  count(store, 1)
  await until('it is back', () => heard.length > 0)
})

test('a verdict that was not there at the last look is said once', async () => {
  const { feed, store } = aFeed()
  const { heard } = listening(feed)
  await until('the first event', () => heard.length === 1)
  store.verdicts = [aVerdict()]
  store.stateText = 'a verdict'
  await until('the verdict', () => heard.some(({ name }) => name === 'verdicts'))
  expect(heard.at(-1)!.content.verdicts).toMatchObject([{ id: 'evening@2023-03-10', verdict: 'deviates', ratio: 0.5 }])
  store.stateText = 'something else'
  const before = heard.length
  await until('another look', () => heard.length > before)
  expect(heard.slice(before).map(({ name }) => name)).toEqual(['freshness'])
})

function aVerdict() {
  return {
    id: 'evening@2023-03-10',
    period: 'evening',
    kind: 'peak' as const,
    date: '2023-03-10',
    startAtMs: at('2023-03-10T18:00'),
    endAtMs: at('2023-03-10T20:00'),
    profile: 'panjin-2023',
    profileVersion: 'v',
    definitions: 'd',
    baseFromAtMs: at('2023-01-01T00:00'),
    baseOfferedCount: 100,
    baseAnsweredCount: 98,
    baseEvidence: 100,
    offeredCount: 10,
    answeredCount: 5,
    abandonedCount: 5,
    noSeatCount: 0,
    flowedOutCount: 0,
    failedCount: 0,
    otherCount: 0,
    waitedMs: 1000,
    evidence: 10,
    deviationPoints: -48,
    lowerPoints: -60,
    upperPoints: -30,
    withinTolerance: false,
    leastTolerancePoints: 60,
    verdict: 'deviates' as const,
    reason: 'none' as const,
    callsForVerdict: 5,
    coverage: 'received' as const,
    expectedCount: 10,
    tolerancePoints: 2,
    confidence: 0.95,
    isSimulated: false,
  }
}
