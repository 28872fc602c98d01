/**
 * How fresh the figures are, as it changes: by server-sent events, and by asking every few seconds where there are none.
 *
 * Pages do not poll: `useAnswer` asks again whenever `freshened` moves on.
 */
import type { FreshnessAnswer } from '../../../api/answers/freshness-answer.ts'
import { connection } from './connection.ts'
import { request, requestJson } from './request.ts'
import { session } from './session.ts'
import { createStore } from './store.ts'

export interface Freshness {
  answer: FreshnessAnswer
  /** Records counted since the page was opened or last said so; `null` before there was anything to compare with. */
  newCallsCount: number
  newTicketsCount: number
  /** Of this browser, for "updated at". */
  changedAtMs: number | null
}

/** Raised when newer figures are there. */
export const freshened = createStore(0)
export const freshness = createStore<Freshness | null>(null)

const ASK_EVERY_MS = 5_000
const TRY_AGAIN_MS = 2_000
/** While records pour in, figures are drawn again at most this often. */
const REDRAW_MS_MIN = 3_000

let timer: ReturnType<typeof setTimeout> | undefined
let lastRedrawMs = 0
let isRedrawDue = false

/** Begins to watch; called once. */
export function watchFreshness(): void {
  connection.watch(() => (connection.get() === 'there' ? bump() : askAgainIn(TRY_AGAIN_MS)))
  session.watch(() => {
    listen()
    askAgainIn(0)
  })
  void look()
}

let events: EventSource | null = null

/** Opens the stream once it is known that one may, and again after the browser gave it up. */
function listen(): void {
  const { state } = session.get()
  if (state !== 'open' && state !== 'signed-in') return
  if (events !== null && events.readyState !== EventSource.CLOSED) return
  events = new EventSource('/v1/live')
  for (const name of ['freshness', 'cells', 'verdicts']) events.addEventListener(name, () => askAgainIn(0))
  events.addEventListener('error', () => askAgainIn(0))
}

async function look(): Promise<void> {
  try {
    if (connection.get() !== 'there') await request('/health/ready')
    listen()
    if (session.get().state !== 'signed-out') compare(await requestJson<FreshnessAnswer>('/v1/freshness'))
  } catch {
    // request() has said to the others what went wrong; here it is only tried again
  }
  askAgainIn(connection.get() === 'there' ? ASK_EVERY_MS : TRY_AGAIN_MS)
}

function askAgainIn(ms: number): void {
  clearTimeout(timer)
  timer = setTimeout(() => void look(), ms)
}

function compare(answer: FreshnessAnswer): void {
  const before = freshness.get()
  const newCallsCount = before === null ? 0 : countedOf(answer, 0) - countedOf(before.answer, 0)
  const newTicketsCount = before === null ? 0 : countedOf(answer, 1) - countedOf(before.answer, 1)
  const isChanged = newCallsCount !== 0 || newTicketsCount !== 0
  const isMarked = before !== null && watermarksOf(before.answer) !== watermarksOf(answer)
  if (before === null) freshness.set({ answer, newCallsCount: 0, newTicketsCount: 0, changedAtMs: null })
  else if (isChanged) freshness.set({ answer, newCallsCount, newTicketsCount, changedAtMs: Date.now() })
  else freshness.set({ ...before, answer })
  if (isChanged || isMarked) bump()
}

/** Tells the pages to ask again, now or as soon as the last time is long enough ago. */
function bump(): void {
  if (isRedrawDue) return
  isRedrawDue = true
  const waitMs = Math.max(0, lastRedrawMs + REDRAW_MS_MIN - performance.now())
  setTimeout(() => {
    isRedrawDue = false
    lastRedrawMs = performance.now()
    freshened.set(freshened.get() + 1)
  }, waitMs)
}

/** Records counted of the topic at this place: calls come first, then tickets. */
function countedOf({ topics }: FreshnessAnswer, place: number): number {
  return topics[place]?.partitions.reduce((sum, { nextOffset }) => sum + (nextOffset ?? 0), 0) ?? 0
}

function watermarksOf({ topics }: FreshnessAnswer): string {
  return topics.map(({ watermark }) => watermark).join()
}
