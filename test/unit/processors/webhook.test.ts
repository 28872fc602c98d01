import { pino } from 'pino'
import { afterEach, expect, test, vi } from 'vitest'
import { Webhook, type WebhookMessage } from '../../../processors/verdicts/webhook.ts'

const log = pino({ level: 'silent' })
const COMES = { timeout: 30_000 }
const stale = (number: number): WebhookMessage => ({
  kind: 'feed-stale',
  topic: `topic-${number}`,
  watermarkAt: '2026-03-01T00:00:00.000Z',
  silentMs: 7_200_000,
})

afterEach(() => vi.unstubAllGlobals())

/** A receiver that answers each post as a test says; the bodies it got, in order. */
function aReceiver(answer: (postNumber: number) => Promise<Response>): { topics: string[] } {
  const topics: string[] = []
  vi.stubGlobal('fetch', async (_url: string, { body }: { body: string }) => {
    topics.push(JSON.parse(body).topic)
    return answer(topics.length)
  })
  return { topics }
}

const ok = () => new Response(null, { status: 204 })

test('messages go one after the other, in the order they were posted', async () => {
  const { topics } = aReceiver(async () => ok())
  const webhook = new Webhook('http://receiver/', log, 1)
  webhook.post([stale(1), stale(2)])
  webhook.post([stale(3)])
  await vi.waitFor(() => expect(topics).toEqual(['topic-1', 'topic-2', 'topic-3']), COMES)
})

test('a receiver that fails is tried four times, then left out for the next message', async () => {
  const { topics } = aReceiver(async (postNumber) =>
    postNumber <= 4 ? new Response(null, { status: postNumber === 2 ? 503 : 500 }) : ok(),
  )
  const webhook = new Webhook('http://receiver/', log, 1)
  webhook.post([stale(1), stale(2)])
  await vi.waitFor(() => expect(topics).toEqual([...Array(4).fill('topic-1'), 'topic-2']), COMES)
})

test('nobody waits for a receiver that hangs, and the oldest messages are dropped', async () => {
  const { topics } = aReceiver(() => new Promise(() => {}))
  const webhook = new Webhook('http://receiver/', log, 1)
  for (let number = 0; number < 3_000; number += 1) webhook.post([stale(number)])
  await vi.waitFor(() => expect(topics).toEqual(['topic-0']), COMES)
  webhook.end()
})
