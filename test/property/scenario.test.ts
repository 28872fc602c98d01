/** Scaling a year keeps its shape: shares by hour and weekday move by no more than chance moves them. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { localDayOf, localMsOf, zoneOf } from '../../kpi/zone.ts'
import { hash64 } from '../../producers/scenario/hash-64.ts'
import { RecordIndex } from '../../producers/scenario/record-index.ts'
import { contactSeedOf, copiesCountOf, copyAsideMs } from '../../producers/scenario/resampling.ts'

const zone = zoneOf('Asia/Shanghai')
const HOUR_MS = 3_600_000
const WEEK_HOURS = 168
const YEAR_FROM_AT_MS = Date.parse('2023-01-01T00:00:00+08:00')

/** Local hour of the week, 0 to 167. */
const weekHourOf = (atMs: number) => Math.floor(localMsOf(zone, atMs) / HOUR_MS) % WEEK_HOURS

/** Contacts of a year whose hours are as unlike as those of a hotline: by night a twentieth of the morning. */
function* contactsOfAYear(contactsCount: number): Generator<{ who: string; atMs: number }> {
  for (let number = 0; number < contactsCount; number += 1) {
    const { high, low } = hash64(`contact ${number}`)
    const hour = 9 + (high % 8) - (high % 5 === 0 ? 8 : 0)
    const atMs = YEAR_FROM_AT_MS + (low % 365) * 24 * HOUR_MS + hour * HOUR_MS + (high % HOUR_MS)
    yield { who: `caller ${high % 30_000}`, atMs }
  }
}

describe.each([
  [1.3, 11],
  [1.3, 12],
  [0.5, 11],
  [2.4, 13],
])('a year of contacts scaled by %s with seed %s', (factor, seed) => {
  const before = new Float64Array(WEEK_HOURS)
  const after = new Float64Array(WEEK_HOURS)
  let [contactsCount, madeCount] = [0, 0]
  for (const { who, atMs } of contactsOfAYear(100_000)) {
    const contact = contactSeedOf(zone, seed, hash64(who), atMs)
    const copiesCount = copiesCountOf(contact, factor)
    before[weekHourOf(atMs)]! += 1
    contactsCount += 1
    madeCount += copiesCount
    for (let copyNumber = 0; copyNumber < copiesCount; copyNumber += 1) {
      after[weekHourOf(atMs + copyAsideMs(zone, contact, copyNumber, atMs))]! += 1
    }
  }

  test('has as many times as many', () => {
    // Whole copies are no chance; the rest of the factor is a coin per contact: four standard deviations.
    const coin = factor - Math.floor(factor)
    const spread = 4 * Math.sqrt(contactsCount * coin * (1 - coin) * 1.5)
    expect(Math.abs(madeCount - factor * contactsCount)).toBeLessThan(spread)
  })

  test('keeps the shares of hour and weekday within sampling error (chi-square)', () => {
    let chiSquare = 0
    let cellsCount = 0
    for (let hour = 0; hour < WEEK_HOURS; hour += 1) {
      const expected = (before[hour]! / contactsCount) * madeCount
      if (expected < 5) continue
      chiSquare += (after[hour]! - expected) ** 2 / expected
      cellsCount += 1
    }
    expect(cellsCount).toBeGreaterThan(80)
    // Mean and spread of chi-square with so many degrees of freedom; beyond four of them is no chance.
    expect(chiSquare).toBeLessThan(cellsCount - 1 + 4 * Math.sqrt(2 * (cellsCount - 1)))
  })
})

const anyInstant = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2026, 0, 1) })
const anySeed = fc.integer({ min: 0, max: 2 ** 31 - 1 })

test('more is never less: a greater factor keeps every contact that a smaller one keeps', () => {
  fc.assert(
    fc.property(
      anySeed,
      fc.double({ min: 0, max: 5, noNaN: true }),
      fc.double({ min: 0, max: 5, noNaN: true }),
      (contact, one, other) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)]
        expect(copiesCountOf(contact, less)).toBeLessThanOrEqual(copiesCountOf(contact, more))
      },
    ),
  )
})

test('a whole factor is no chance, and of 1 nothing moves', () => {
  fc.assert(
    fc.property(anySeed, fc.integer({ min: 0, max: 9 }), anyInstant, (contact, factor, atMs) => {
      expect(copiesCountOf(contact, factor)).toBe(factor)
      expect(copyAsideMs(zone, contact, 0, atMs)).toBe(0)
    }),
  )
})

test('copies stay on their local day', () => {
  fc.assert(
    fc.property(anySeed, fc.integer({ min: 1, max: 9 }), anyInstant, (contact, copyNumber, atMs) => {
      const asideMs = copyAsideMs(zone, contact, copyNumber, atMs)
      expect(localDayOf(zone, atMs + asideMs)).toBe(localDayOf(zone, atMs))
      expect(Math.abs(asideMs)).toBeLessThanOrEqual(450_000)
    }),
  )
})

test('the index holds the revision that wins, whatever order they come in, also when it grows', () => {
  const anyPut = fc.record({
    number: fc.integer({ min: 0, max: 30 }),
    revision: fc.integer({ min: 1, max: 4 }),
    emittedAtMs: fc.integer({ min: 0, max: 5 }),
    line: fc.constantFrom('12345', '12315', '96389'),
    region: fc.constantFrom('', '211102', '211103'),
  })
  fc.assert(
    fc.property(fc.array(anyPut, { maxLength: 60 }), (puts) => {
      const index = new RecordIndex()
      const winners = new Map<number, (typeof puts)[number]>()
      for (const put of puts) {
        const { number, revision, emittedAtMs, line, region } = put
        index.put(hash64(`call ${number}`), revision, emittedAtMs, { bornAtMs: number, line, region, caller: null })
        const before = winners.get(number)
        const isBeaten =
          before === undefined ||
          revision > before.revision ||
          (revision === before.revision && emittedAtMs > before.emittedAtMs)
        if (isBeaten) winners.set(number, put)
      }
      for (const [number, { line, region }] of winners) {
        expect(index.get(hash64(`call ${number}`))).toEqual({ bornAtMs: number, line, region, caller: null })
      }
    }),
  )
  const large = new RecordIndex()
  for (let number = 0; number < 200_000; number += 1) {
    large.put(hash64(`call ${number}`), 1, 0, {
      bornAtMs: number,
      line: '12345',
      region: '',
      caller: hash64(`${number}`),
    })
  }
  for (let number = 0; number < 200_000; number += 997) {
    expect(large.get(hash64(`call ${number}`))).toMatchObject({ bornAtMs: number, caller: hash64(`${number}`) })
  }
  expect(large.get(hash64('call -1'))).toBeNull()
})
