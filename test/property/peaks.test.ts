import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answeredProfileOf } from '../../api/answered-profile.ts'
import type { PeaksAnswer } from '../../api/answers/peaks-answer.ts'
import { peaksAnswerOf } from '../../api/answers/peaks-answer.ts'
import { judgedPeriod } from '../../api/judged/judged-period.ts'
import { stabilityReport } from '../../api/judged/stability-report.ts'
import { dayClassOf } from '../../kpi/calendar.ts'
import { CALL_OUTCOMES, type Call, classOf, isOffered, OFFERED_CLASSES } from '../../kpi/call.ts'
import { holidaysNamed } from '../../kpi/holidays.ts'
import { textOfDay } from '../../kpi/local-date.ts'
import { periodOf, rangeOf } from '../../kpi/periods.ts'
import { localDayOf } from '../../kpi/zone.ts'
import { ArrayReader } from '../unit/api/array-reader.ts'
import { ArrayStability } from '../unit/api/array-stability.ts'
import { PANJIN } from '../unit/api/asked-app.ts'
import { aCall } from '../unit/kpi/made-by-hand.ts'

const LINES = ['12345', '12315']
const REGIONS = ['211102', '']
const HOUR_MS = 3_600_000
const FROM_AT_MS = Date.parse('2023-04-20T00:00+08:00')

/** Calls of three weeks around a holiday and two make-up workdays, many of them on the very edges of the peaks. */
const call = fc
  .record({
    day: fc.nat(20),
    minute: fc.oneof(fc.nat(24 * 60 - 1), fc.constantFrom(510, 690, 810, 1020, 1080, 1200)),
    ms: fc.constantFrom(0, 1, 59_999),
    isEarly: fc.boolean(),
    line: fc.constantFrom(...LINES),
    region: fc.constantFrom(...REGIONS),
    outcome: fc.constantFrom(...CALL_OUTCOMES),
    isAnswered: fc.boolean(),
    asked: fc.boolean(),
  })
  .map(({ day, minute, ms, isEarly, line, region, outcome, isAnswered, asked }, index = 0): Call => {
    const arrivedAtMs = FROM_AT_MS + day * 24 * HOUR_MS + minute * 60_000 + (isEarly ? -1 : ms)
    const queuedAtMs = asked ? arrivedAtMs + 100 : null
    const answeredAtMs = asked && isAnswered ? arrivedAtMs + 5_100 : null
    return aCall({
      callId: `call-${index}`,
      arrivedAtMs,
      line,
      region,
      outcome,
      queuedAtMs,
      answeredAtMs,
      endedAtMs: arrivedAtMs + 9_000,
    })
  })
const calls = fc
  .array(call, { maxLength: 150 })
  .map((list) => list.map((each, index) => ({ ...each, callId: `call-${index}` })))
const shortAbandonMsMax = fc.constantFrom(0, 8_900)

const YEAR = periodOf('2023')!

async function peaksOf(
  list: readonly Call[],
  profile = PANJIN,
  part: { line: string | null; region: string | null } = { line: null, region: null },
): Promise<PeaksAnswer> {
  const { answered, readers } = over(list, profile)
  return peaksAnswerOf(answered, await judgedPeriod(answered, readers, YEAR, part), rangeOf(answered.zone, YEAR), null)
}

function over(list: readonly Call[], profile = PANJIN) {
  const answered = answeredProfileOf(profile)
  const reader = new ArrayReader(profile.definitions, answered.zone)
  reader.calls = [...list]
  return { answered, readers: { reader, stability: new ArrayStability(reader, profile.definitions) } }
}

/** What the wall clock and the notice say, without any of the code that builds windows. */
function isInPeak(period: string, atMs: number): boolean {
  const wall = new Date(atMs + 8 * HOUR_MS)
  const minute = wall.getUTCHours() * 60 + wall.getUTCMinutes()
  const { zone } = answeredProfileOf(PANJIN)
  const isWorkday = dayClassOf(holidaysNamed('cn')!, localDayOf(zone, atMs)) === 'workday'
  if (period === 'weekday-morning') return isWorkday && minute >= 510 && minute < 690
  if (period === 'weekday-afternoon') return isWorkday && minute >= 810 && minute < 1020
  return minute >= 1080 && minute < 1200
}

describe('for any calls', () => {
  test('every instance is a brute-force count over them', async () => {
    await fc.assert(
      fc.asyncProperty(calls, shortAbandonMsMax, async (list, shortAbandonMsMax) => {
        const profile = { ...PANJIN, definitions: { ...PANJIN.definitions, shortAbandonMsMax } }
        const { zone } = answeredProfileOf(profile)
        const answer = await peaksOf(list, profile)
        const offered = list.filter((each) => isOffered(each, profile.definitions))
        expect(answer.overall.offeredCount).toBe(offered.length)
        for (const instance of answer.instances.filter(({ kind }) => kind === 'peak')) {
          const own = offered.filter(
            ({ arrivedAtMs }) =>
              textOfDay(localDayOf(zone, arrivedAtMs)) === instance.date && isInPeak(instance.period, arrivedAtMs),
          )
          const classes = OFFERED_CLASSES.map((name) => own.filter((each) => classOf(each) === name).length)
          expect([
            instance.answeredCount,
            instance.abandonedCount,
            instance.noSeatCount,
            instance.flowedOutCount,
            instance.failedCount,
            instance.otherCount,
          ]).toEqual(classes)
          expect(instance.offeredCount).toBe(own.length)
        }
        const inPeaks = offered.filter(({ arrivedAtMs }) =>
          ['weekday-morning', 'weekday-afternoon', 'evening'].some((period) => isInPeak(period, arrivedAtMs)),
        )
        const listed = answer.instances.filter(({ kind }) => kind === 'peak')
        expect(listed.reduce((sum, { offeredCount }) => sum + offeredCount, 0)).toBe(inPeaks.length)
      }),
      { numRuns: 25 },
    )
  })

  test('lines and regions add up to the whole, window by window', async () => {
    await fc.assert(
      fc.asyncProperty(calls, async (list) => {
        const whole = await peaksOf(list)
        const byLine = await Promise.all(LINES.map((line) => peaksOf(list, PANJIN, { line, region: null })))
        const byRegion = await Promise.all(REGIONS.map((region) => peaksOf(list, PANJIN, { line: null, region })))
        const fields = ['offeredCount', 'answeredCount', 'abandonedCount', 'otherCount'] as const
        for (const parts of [byLine, byRegion]) {
          for (const field of fields) {
            expect(parts.reduce((sum, part) => sum + part.overall[field], 0)).toBe(whole.overall[field])
            for (const [at, instance] of whole.instances.entries())
              expect(parts.reduce((sum, part) => sum + part.instances[at]![field], 0)).toBe(instance[field])
          }
        }
      }),
      { numRuns: 8 },
    )
  })

  test('pooled years are the sum of their months, and instances the sum of both', async () => {
    await fc.assert(
      fc.asyncProperty(calls, async (list) => {
        const { answered, readers } = over(list)
        const { answer, instances } = await stabilityReport(answered, readers, YEAR, { line: null, region: null })
        for (const { id } of PANJIN.peaks) {
          const pooled = answer.pooled.filter(({ period }) => period === id)
          const sum = (spans: RegExp) =>
            pooled.filter(({ span }) => spans.test(span)).reduce((total, { offeredCount }) => total + offeredCount, 0)
          const own = instances().filter(({ period }) => period === id)
          const single = own.reduce((total, { offeredCount }) => total + offeredCount, 0)
          expect([sum(/^\d{4}$/), sum(/Q/), sum(/^\d{4}-\d{2}$/)]).toEqual([single, single, single])
        }
      }),
      { numRuns: 15 },
    )
  })
})
