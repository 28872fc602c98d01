import { expect, test } from 'vitest'
import { Agenda } from '../../../producers/hotline/agenda.ts'
import type { Contact } from '../../../producers/hotline/contact.ts'
import { type Ending, Switchboard, type SwitchboardRules } from '../../../producers/hotline/switchboard.ts'

const RULES: SwitchboardRules = { queueLengthMax: 2, flowOutAfterMs: 100, idleSeatsMin: 0, mayCallOut: () => true }

/** A caller who arrives at an instant, asks at once, rings 1 ms, talks 50 ms, needs 10 ms of writing. */
function caller(arrivedAtMs: number, traits: Partial<Contact> = {}): Contact {
  return {
    callId: `sim-${arrivedAtMs}`,
    arrivedAtMs,
    tryNumber: 1,
    isSampled: true,
    line: '12345',
    region: '',
    caller: '',
    purpose: 'asks',
    menuMs: 0,
    patienceMs: 1_000,
    ringMs: 1,
    talkMs: 50,
    wrapUpMs: 10,
    fate: 0,
    ...traits,
  }
}

/** Runs callers against seats that are on duty from 0 to 10,000; gives how each call ended, by arrival. */
function run(seatsCount: number, callers: Contact[], rules: Partial<SwitchboardRules> = {}): Map<number, Ending> {
  const endings = new Map<number, Ending>()
  const agenda = new Agenda()
  const switchboard = new Switchboard(agenda, seatsCount, { ...RULES, ...rules }, (contact, ending) => {
    endings.set(contact.arrivedAtMs, ending)
  })
  for (let seat = 0; seat < seatsCount; seat += 1) switchboard.schedule({ seat, fromAtMs: 0, toAtMs: 10_000 })
  for (const contact of callers) agenda.at(contact.arrivedAtMs, () => switchboard.join(contact, contact.arrivedAtMs))
  while (agenda.nextAtMs < Number.POSITIVE_INFINITY) agenda.runNext()
  return endings
}

test('an idle seat answers after ringing', () => {
  expect(run(1, [caller(100)]).get(100)).toEqual({
    outcome: 'ANSWERED',
    queuedAtMs: 100,
    answeredAtMs: 101,
    endedAtMs: 151,
    seat: 0,
  })
})

//  seat:  100 [talk and write.......] 161 [
//  B:        110 - - - waits - - - - 161 rings 162
test('who waits is answered when the seat has written up the call before', () => {
  const second = run(1, [caller(100), caller(110)]).get(110)!
  expect(second).toMatchObject({ outcome: 'ANSWERED', queuedAtMs: 110, answeredAtMs: 162 })
})

test('first come, first served', () => {
  const endings = run(1, [caller(100), caller(110), caller(120)], { flowOutAfterMs: 1_000 })
  expect(endings.get(110)!.answeredAtMs).toBeLessThan(endings.get(120)!.answeredAtMs!)
})

test.each([
  ['hangs up when patience ends', { patienceMs: 30 }, { outcome: 'WAITING_ABANDONED', endedAtMs: 140 }],
  ['hangs up while the seat rings', { patienceMs: 52 }, { outcome: 'RINGING_ABANDONED', endedAtMs: 162 }],
])('a caller %s', (_promise, traits, ending) => {
  const ringLong = { ...traits, ringMs: 5 }
  expect(run(1, [caller(100), caller(110, ringLong)]).get(110)).toMatchObject({
    ...ending,
    answeredAtMs: null,
    seat: null,
  })
})

test('who has waited too long is passed on', () => {
  const endings = run(1, [caller(100, { talkMs: 500 }), caller(110)])
  expect(endings.get(110)).toMatchObject({ outcome: 'FLOWED_OUT', endedAtMs: 210 })
})

test('who finds the queue full is refused at that instant', () => {
  const endings = run(1, [caller(100), caller(110), caller(111), caller(112)])
  expect(endings.get(112)).toMatchObject({ outcome: 'NO_SEAT', queuedAtMs: 112, answeredAtMs: null })
})

test('without any seat on duty everybody is refused', () => {
  expect(run(0, [caller(100)]).get(100)).toMatchObject({ outcome: 'NO_SEAT' })
})

test('a seat whose shift ends finishes its call and takes no other', () => {
  const endings = run(1, [caller(9_990), caller(9_995, { patienceMs: 80 })])
  expect(endings.get(9_990)).toMatchObject({ outcome: 'ANSWERED', endedAtMs: 10_041 })
  expect(endings.get(9_995)).toMatchObject({ outcome: 'WAITING_ABANDONED' })
})

test('follow-ups go out only while more seats are idle than are kept for callers', () => {
  const agenda = new Agenda()
  const dialledAt: number[] = []
  const switchboard = new Switchboard(agenda, 2, { ...RULES, idleSeatsMin: 1 }, () => {})
  for (const seat of [0, 1]) switchboard.schedule({ seat, fromAtMs: 0, toAtMs: 10_000 })
  const outbound = { busyMs: 40, dialled: (atMs: number) => dialledAt.push(atMs) }
  for (const atMs of [10, 11, 12]) agenda.at(atMs, () => switchboard.request(outbound, atMs))
  while (agenda.nextAtMs < Number.POSITIVE_INFINITY) agenda.runNext()
  expect(dialledAt).toEqual([10, 50, 90])
})
