import { expect, test } from 'vitest'
import { FeedWatch, STALE_MS } from '../../../processors/verdicts/feed-watch.ts'

const NOW_MS = Date.parse('2026-03-01T12:00+08:00')
const HOUR_MS = 3_600_000

test('a feed that falls silent is told once, and again after it was back', () => {
  const watch = new FeedWatch()
  expect(watch.look('calls', NOW_MS - STALE_MS + 1, NOW_MS)).toBeNull()
  expect(watch.look('calls', NOW_MS, NOW_MS + STALE_MS)).toEqual({
    topic: 'calls',
    watermarkAtMs: NOW_MS,
    silentMs: STALE_MS,
  })
  expect(watch.look('calls', NOW_MS, NOW_MS + STALE_MS + HOUR_MS)).toBeNull()
  expect(watch.look('calls', NOW_MS + 4 * HOUR_MS, NOW_MS + 4 * HOUR_MS)).toBeNull()
  expect(watch.look('calls', NOW_MS + 4 * HOUR_MS, NOW_MS + 7 * HOUR_MS)).not.toBeNull()
})

test('a replay of old records is no live feed, so nothing is said of it', () => {
  expect(new FeedWatch().look('calls', Date.parse('2023-06-01T00:00Z'), NOW_MS)).toBeNull()
})

test('feeds are watched one by one', () => {
  const watch = new FeedWatch()
  expect(watch.look('calls', NOW_MS - 3 * HOUR_MS, NOW_MS)).not.toBeNull()
  expect(watch.look('tickets', NOW_MS - 3 * HOUR_MS, NOW_MS)).not.toBeNull()
})
