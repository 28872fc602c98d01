/** The live stream over a real store and a real socket. */
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { answeredProfileOf } from '../../api/answered-profile.ts'
import { parseProfile } from '../../schemas/profile.ts'
import { aCall } from '../unit/kpi/made-by-hand.ts'
import { appOverStore } from './app-over-store.ts'
import { until } from './local-processes.ts'
import { type StoreOfFacts, startStoreOfFacts } from './store-of-facts.ts'

const FILE = 'profiles/panjin-2023.yaml'
const answered = answeredProfileOf(parseProfile(FILE, readFileSync(FILE, 'utf8')))

let folder: string
let store: StoreOfFacts
let app: FastifyInstance
let address: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steadyline live '))
  store = await startStoreOfFacts(folder, answered.profile)
  await store.addCalls([callAt('2023-03-10T18:02', 1)])
  app = await appOverStore(answered, store.url)
  address = await app.listen({ host: '127.0.0.1', port: 0 })
})

afterAll(async () => {
  await app?.close()
  await store?.stop()
  await rm(folder, { recursive: true, force: true })
})

function callAt(local: string, number: number) {
  const arrivedAtMs = Date.parse(`${local}+08:00`)
  return {
    ...aCall({
      callId: `call-${number}`,
      arrivedAtMs,
      queuedAtMs: arrivedAtMs + 1000,
      answeredAtMs: arrivedAtMs + 5000,
      endedAtMs: arrivedAtMs + 60_000,
      emittedAtMs: arrivedAtMs + 60_000,
    }),
    content: BigInt(number),
  }
}

/** What comes in on a stream; `ended` once the other side has closed it. */
async function opened(headers: Record<string, string> = {}) {
  const giveUp = new AbortController()
  onTestFinished(() => giveUp.abort())
  const answer = await fetch(`${address}/v1/live`, { headers, signal: giveUp.signal })
  const stream = { answer, text: '', ended: false, leave: () => giveUp.abort() }
  if (answer.status === 200) void collect(answer, stream)
  return stream
}

async function collect(answer: Response, stream: { text: string; ended: boolean }): Promise<void> {
  try {
    for await (const bytes of answer.body!) stream.text += Buffer.from(bytes).toString('utf8')
    stream.ended = true
  } catch {
    stream.ended = true
  }
}

/** The contents of the events of one name, in order. */
function said(text: string, name: string): any[] {
  const found = text.matchAll(new RegExp(`^event: ${name}\\ndata: (.*)$`, 'gm'))
  return [...found].map(([, json]) => JSON.parse(json!))
}

/** The ledger says so once a processor has counted them. */
async function counted(nextOffset: number): Promise<void> {
  await store.client.insert({
    table: 'progress',
    values: [{ topic: 'hotline.calls.v1', partition: 0, from_offset: nextOffset - 1, next_offset: nextOffset }],
    format: 'JSONEachRow',
  })
}

test('fresh cells arrive, and a reader that comes back hears what it missed', async () => {
  const stream = await opened()
  expect(stream.answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  expect(stream.answer.headers.get('content-encoding')).toBeNull()
  await until('how fresh the figures are', () => said(stream.text, 'freshness').length > 0)
  const [first] = said(stream.text, 'freshness')
  expect(first.years).toEqual([{ year: '2023', evidence: { calls: 1, tickets: 0 } }])
  const firstId = /^id: (.*)$/m.exec(stream.text)![1]!

  await store.addCalls([callAt('2023-03-10T18:04', 2), callAt('2023-03-10T19:31', 3)])
  await counted(3)
  await until('the cells', () => said(stream.text, 'cells').length > 0)
  expect(said(stream.text, 'cells')[0]).toMatchObject({
    changedCount: 2,
    days: ['2023-03-10'],
    cells: [
      { startAt: '2023-03-10T18:00:00+08:00', offeredCount: 2, answeredCount: 2, ratio: 1 },
      { startAt: '2023-03-10T19:30:00+08:00', offeredCount: 1, answeredCount: 1, ratio: 1 },
    ],
  })
  expect(said(stream.text, 'freshness').at(-1).years[0].evidence.calls).toBe(3)

  stream.leave()
  const again = await opened({ 'last-event-id': firstId })
  await until('what was missed', () => said(again.text, 'cells').length > 0)
  again.leave()
  await until('both have left', () => stream.ended && again.ended)
})

test('listeners are bounded, and a place is free again when one leaves', async () => {
  const [one, other] = [await opened(), await opened()]
  await until('both listen', () => one.text.includes('freshness') && other.text.includes('freshness'))
  const third = await opened()
  expect(third.answer.status).toBe(503)
  expect(await third.answer.json()).toMatchObject({ code: 'STEADYLINE_OVERLOADED' })
  one.leave()
  await until('a place is free', async () => {
    const next = await opened()
    next.leave()
    return next.answer.status === 200
  })
  other.leave()
})

test('closing ends every stream', async () => {
  const closing = await appOverStore(answered, store.url)
  const url = await closing.listen({ host: '127.0.0.1', port: 0 })
  const answer = await fetch(`${url}/v1/live`)
  const ended = (async () => {
    for await (const _ of answer.body!);
  })()
  await closing.close()
  await ended
})
