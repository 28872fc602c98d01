import { describe, expect, test } from 'vitest'
import { holidaysNamed } from '../../../kpi/holidays.ts'
import { likePartsOf } from '../../../kpi/like-windows.ts'
import { causeOf } from '../../../kpi/window-cause.ts'
import { type Course, countedLikes, NO_COURSE, usualCourse, wholeCourse } from '../../../kpi/window-course.ts'
import { type WindowSentence, windowSentence } from '../../../kpi/window-sentence.ts'
import { zoneOf } from '../../../kpi/zone.ts'

const at = (local: string) => Date.parse(`${local}+08:00`)
const lines = (counts: Record<string, number>) =>
  new Map(Object.entries(counts).map(([line, offeredCount]) => [line, { offeredCount, answeredCount: offeredCount }]))

/** A hundred calls of four minutes, eight seats, two calls lost. */
const USUAL: Course = {
  ...NO_COURSE,
  offeredCount: 100,
  answeredCount: 98,
  abandonedCount: 2,
  waitedMs: 98 * 3000,
  handledMs: 98 * 240_000,
  seatsCount: 8,
  redialsCount: 1,
  lines: lines({ '12345': 80, '12315': 20 }),
}

function aWindow(change: Partial<Course>): Course {
  return { ...USUAL, ...change }
}

const cause = (window: Course, usual: Course | null = USUAL) =>
  causeOf({ window, usual, coverage: 'received', tolerancePoints: 2 })

describe('the largest cause', () => {
  test.each([
    ['as usual: no cause is looked for within the tolerance', { answeredCount: 97, abandonedCount: 3 }, 'as-usual'],
    [
      'half the seats',
      { answeredCount: 60, abandonedCount: 40, handledMs: 60 * 240_000, seatsCount: 4 },
      'fewer-seats',
    ],
    ['nobody there', { answeredCount: 0, abandonedCount: 100, handledMs: 0, seatsCount: 0 }, 'fewer-seats'],
    [
      'twice the calls',
      { offeredCount: 200, answeredCount: 150, abandonedCount: 50, handledMs: 150 * 240_000 },
      'more-calls',
    ],
    ['longer calls', { answeredCount: 80, abandonedCount: 20, handledMs: 80 * 360_000 }, 'longer-handling'],
    [
      'a fault of the system, though seats are fewer',
      { answeredCount: 50, abandonedCount: 2, failedCount: 48, seatsCount: 6 },
      'system-failed',
    ],
    [
      'calls flow out though nothing was busier',
      { answeredCount: 60, abandonedCount: 2, flowedOutCount: 38, handledMs: 60 * 240_000 },
      'flowed-out',
    ],
    ['nothing stands out', { answeredCount: 60, abandonedCount: 40, handledMs: 60 * 240_000 }, 'unexplained'],
  ] as const)('%s', (_promise, change, expected) => {
    expect(cause(aWindow(change))).toBe(expected)
  })

  test('of two that grew the greater one is named', () => {
    const busy = { answeredCount: 70, abandonedCount: 60, offeredCount: 130, handledMs: 70 * 240_000 }
    expect(cause(aWindow({ ...busy, seatsCount: 7 }))).toBe('more-calls')
    expect(cause(aWindow({ ...busy, seatsCount: 4 }))).toBe('fewer-seats')
  })

  test('a missing feed and a missing past are said before anything else', () => {
    expect(causeOf({ window: NO_COURSE, usual: USUAL, coverage: 'no-data', tolerancePoints: 2 })).toBe('no-data')
    expect(cause(aWindow({ answeredCount: 10 }), null)).toBe('nothing-to-compare')
  })
})

describe('what is usual', () => {
  test('is the mean; of busy windows those without a call are left out', () => {
    const usual = usualCourse([USUAL, { ...USUAL, offeredCount: 120, seatsCount: 10 }, NO_COURSE])!
    expect(usual).toMatchObject({ offeredCount: 110, seatsCount: 9 })
    expect(usual.lines.get('12315')).toEqual({ offeredCount: 20, answeredCount: 20 })
    expect(usualCourse([NO_COURSE])).toBeNull()
  })

  test('of quiet windows a night without a call is usual', () => {
    const quiet = { ...NO_COURSE, offeredCount: 3, answeredCount: 3 }
    expect(usualCourse([quiet, NO_COURSE])).toMatchObject({ offeredCount: 1.5 })
    expect(countedLikes([quiet, NO_COURSE])).toHaveLength(2)
  })

  test('several days are one window: counts added up, seats as their mean', () => {
    expect(wholeCourse([USUAL, { ...USUAL, seatsCount: 4 }])).toMatchObject({ offeredCount: 200, seatsCount: 6 })
  })
})

describe('windows alike', () => {
  const zone = zoneOf('Asia/Shanghai')
  const holidays = holidaysNamed('cn')!

  test('lie at the same wall time on days of the same class of the 8 weeks before', () => {
    // Tuesday; between 18 July and 11 September lie 40 workdays and no holiday.
    const evening = { fromAtMs: at('2023-09-12T18:00'), toAtMs: at('2023-09-12T20:00') }
    const [part, ...others] = likePartsOf(zone, holidays, evening, 'all')
    expect(others).toEqual([])
    expect(part!.dayClass).toBe('workday')
    expect(part!.likes).toHaveLength(40)
    expect(part!.likes[0]).toEqual({ fromAtMs: at('2023-07-18T18:00'), toAtMs: at('2023-07-18T20:00') })
    expect(part!.likes.at(-1)).toEqual({ fromAtMs: at('2023-09-11T18:00'), toAtMs: at('2023-09-11T20:00') })
  })

  test('a peak over midnight is one part, a special period one part a day', () => {
    const night = { fromAtMs: at('2023-09-12T22:00'), toAtMs: at('2023-09-13T02:00') }
    expect(likePartsOf(zone, holidays, night, 'all')[0]!.likes.at(-1)).toEqual({
      fromAtMs: at('2023-09-11T22:00'),
      toAtMs: at('2023-09-12T02:00'),
    })
    const days = { fromAtMs: at('2023-03-10T06:00'), toAtMs: at('2023-03-12T00:00') }
    const parts = likePartsOf(zone, holidays, days, null)
    expect(parts.map(({ dayClass }) => dayClass)).toEqual(['workday', 'offday'])
    expect(parts[0]!.likes.at(-1)).toEqual({ fromAtMs: at('2023-03-09T06:00'), toAtMs: at('2023-03-10T00:00') })
  })
})

describe('the sentence', () => {
  const said = (change: Partial<WindowSentence>) =>
    windowSentence({
      cause: 'as-usual',
      window: USUAL,
      usual: USUAL,
      likesCount: 40,
      dayClass: 'workday',
      expectedCount: 100,
      isOpen: false,
      lineName: (number) => ({ zh: `${number}热线`, en: number }),
      ...change,
    })

  test('names seats that were not there', () => {
    const window = aWindow({ answeredCount: 60, abandonedCount: 30, flowedOutCount: 10, seatsCount: 4 })
    expect(said({ cause: 'fewer-seats', window })).toEqual({
      zh: '接通率60.0%，比前8周40个工作日同时段的98.0%低38.0个百分点；主要原因：接听坐席4席，平时8席，少50%；未接通40件，其中放弃30件。',
      en: '60.0% were answered, 38.0 points below the 98.0% of the same time on 40 workdays in the 8 weeks before; largest cause: 4 seats answered, usually 8 (50% fewer); of 40 calls not answered 30 gave up waiting.',
    })
  })

  test('names the line that the calls came on, and how many were people calling again', () => {
    const window = aWindow({
      offeredCount: 200,
      answeredCount: 150,
      abandonedCount: 50,
      redialsCount: 61,
      lines: lines({ '12345': 100, '12315': 100 }),
    })
    const { zh, en } = said({ cause: 'more-calls', window })
    expect(zh).toContain('人工请求200件，平时100件，多100%，其中12315热线多80件，重复来电多60件；未接通50件')
    expect(en).toContain('200 calls, usually 100 (100% more), 80 of them on 12315, 60 of them people calling again;')
  })

  test('says what is level, open, without calls, without a past, without data', () => {
    expect(said({}).zh).toBe('接通率98.0%，与前8周40个工作日同时段的98.0%持平。')
    expect(said({ isOpen: true }).en).toMatch(/^So far 98.0% were answered, level with/)
    expect(said({ cause: 'nothing-to-compare', window: NO_COURSE }).en).toBe('Nobody asked for a person.')
    expect(said({ cause: 'nothing-to-compare', usual: null }).zh).toContain('没有可比的同类时段')
    expect(said({ cause: 'no-data', window: NO_COURSE }).zh).toBe(
      '该时段一件记录也没有，而按前8周应有约100件人工请求：数据未到，不能判断。',
    )
  })
})
