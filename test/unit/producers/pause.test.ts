import { expect, test } from 'vitest'
import { paceOf } from '../../../producers/pace.ts'
import { Pause } from '../../../producers/pause.ts'
import { ArrayPublisher } from './array-publisher.ts'

/** A clock that a test turns. */
function turnedClock(): { nowMs: () => number; turn: (byMs: number) => void } {
  let atMs = 0
  return { nowMs: () => atMs, turn: (byMs) => (atMs += byMs) }
}

test('time that was spent standing still is no time: what was due is due as much later', () => {
  const { nowMs, turn } = turnedClock()
  const pause = new Pause(nowMs)
  const pace = paceOf(10, nowMs, pause)
  expect(pace.isEarly(0)).toBe(false) // the first is due at once
  turn(50)
  pause.pause()
  turn(5_000)
  pause.resume()
  // Emitted 1 s after the first, due 100 ms after it by the clock of a replay that has run for 50 ms.
  expect(pace.isEarly(1_000)).toBe(true)
  turn(29)
  expect(pace.isEarly(1_000)).toBe(true)
  turn(1) // 20 ms before it is due a record goes out: less is not worth a timer
  expect(pace.isEarly(1_000)).toBe(false)
})

test('a pause before the first record delays nothing after it', () => {
  const { nowMs, turn } = turnedClock()
  const pause = new Pause(nowMs)
  const pace = paceOf(1, nowMs, pause)
  pause.pause()
  turn(3_000)
  pause.resume()
  expect(pace.isEarly(0)).toBe(false)
  turn(1_000)
  expect(pace.isEarly(1_000)).toBe(false)
  expect(pace.isEarly(1_100)).toBe(true)
})

test('pausing twice is pausing once, and so is going on', async () => {
  const { nowMs, turn } = turnedClock()
  const pause = new Pause(nowMs)
  pause.resume()
  pause.pause()
  turn(100)
  pause.pause()
  turn(100)
  expect(pause.pausedMs()).toBe(200)
  let isGoingOn = false
  const resumed = pause.resumed().then(() => (isGoingOn = true))
  await Promise.resolve()
  expect(isGoingOn).toBe(false)
  pause.resume()
  pause.resume()
  await resumed
  turn(100)
  expect(pause.pausedMs()).toBe(200)
})

test('who waits for a record when the pause begins waits for its end', async () => {
  const pause = new Pause(() => performance.now())
  const pace = paceOf(1, () => performance.now(), pause)
  pace.isEarly(0)
  const waited = pace.wait(60, new ArrayPublisher()).then(() => performance.now())
  pause.pause()
  const pausedMs = 300
  await new Promise((resolve) => setTimeout(resolve, pausedMs))
  const resumedAtMs = performance.now()
  pause.resume()
  expect(await waited).toBeGreaterThanOrEqual(resumedAtMs)
})
