import { describe, expect, test } from 'vitest'
import { type Stability, stabilityOf } from '../../../kpi/stability.ts'
import { stabilitySentence } from '../../../kpi/stability-sentence.ts'
import { askedOf, at, type CallsAt, steadyHotline, TERMS } from './made-year.ts'

const NAMES = {
  'weekday-morning': { zh: '工作日上午高峰', en: 'Workday morning peak' },
  'weekday-afternoon': { zh: '工作日下午高峰', en: 'Workday afternoon peak' },
  evening: { zh: '晚间高峰', en: 'Evening peak' },
  'spring-festival': { zh: '春节', en: 'Spring Festival' },
}

/** A week of June in which nearly nobody is answered in the evening. */
function collapsing(): CallsAt {
  const steady = steadyHotline()
  return (startAtMs) => {
    const calls = steady(startAtMs)
    const hour = new Date(startAtMs + 8 * 3_600_000).getUTCHours()
    const isCollapsed =
      hour >= 18 && hour < 20 && startAtMs >= at('2023-06-05T00:00') && startAtMs < at('2023-06-12T00:00')
    return isCollapsed ? { ...calls, answered: 5 } : calls
  }
}

/** Nothing at all comes in between two instants. */
function silentBetween(from: string, to: string): CallsAt {
  const steady = steadyHotline()
  return (startAtMs) => {
    const calls = steady(startAtMs)
    return startAtMs >= at(from) && startAtMs < at(to) ? { offered: 0, answered: 0 } : calls
  }
}

describe('a steady year', () => {
  const stability = stabilityOf(askedOf('2023', steadyHotline()))

  test('pools every peak by year, quarter and month, and each special period', () => {
    expect(stability.pooled.map(({ period, span }) => `${period} ${span}`)).toHaveLength(3 * (1 + 4 + 12))
    expect(spanOf(stability, 'evening', '2023').instancesCount).toBe(365)
    expect(spanOf(stability, 'evening', '2023-Q1').instancesCount).toBe(90)
    expect(spanOf(stability, 'evening', '2023-02').instancesCount).toBe(28)
    expect(stability.special.map(({ period, instancesCount }) => [period, instancesCount])).toEqual([
      ['spring-festival', 7],
    ])
  })

  test('every pooled verdict of the year is stable, and the sentence says so', () => {
    for (const { id } of [{ id: 'weekday-morning' }, { id: 'weekday-afternoon' }, { id: 'evening' }]) {
      expect(spanOf(stability, id, '2023')).toMatchObject({ verdict: 'stable', withinTolerance: true, metTarget: true })
    }
    expect(sentenceOf(stability)).toEqual({
      zh: '2023年人工请求367920件，总体接通率98.0%，达到80%的目标；按容许偏差2个百分点、置信度95%，工作日上午高峰（持平）、工作日下午高峰（持平）、晚间高峰（持平）、春节（持平）未偏离总体。',
      en: 'In 2023, 367920 calls asked for a person and 98.0% were answered (target 80%: met); at a tolerance of 2 percentage points and 95% confidence, not deviating from the overall rate: Workday morning peak (level), Workday afternoon peak (level), Evening peak (level), Spring Festival (level).',
    })
  })

  test('a single instance says how many calls its verdict would need, and is no alarm', () => {
    const evening = stability.instances.find(({ id }) => id === 'evening@2023-03-10')!
    expect(evening).toMatchObject({
      offeredCount: 160,
      verdict: 'insufficient',
      signal: 'none',
      withinTolerance: true,
      meanWaitMs: 9000,
      coverage: { state: 'received', expectedCount: 160, receivedCount: 160 },
      status: 'final',
      evidence: 160,
    })
    expect(evening.callsForVerdict).toBeGreaterThan(160)
    expect(stability.instances.every(({ adjustedP }) => adjustedP !== null && adjustedP > 0.05)).toBe(true)
  })

  test('a chart says from how many calls on a low signal is more than a hint', () => {
    const { callsToFlag, meanRatio } = stability.charts.find(({ period }) => period === 'evening')!
    expect(meanRatio).toBeCloseTo(0.98, 4)
    expect(callsToFlag).toBe(200)
  })

  test('every hour of the period is there, and the rest', () => {
    expect(stability.overall).toMatchObject({ offeredCount: 365 * (48 * 20 + 48), metTarget: true })
    expect(stability.rolling24Hours!.ratio).toBeGreaterThan(0.97)
    expect(stability.continuity.longestSilence).toBeNull()
    expect(stability.unknownYears).toEqual([])
    expect(stability.overlaps.map(({ periods }) => periods)).toEqual([['spring-festival', 'evening']])
    expect(stability.status).toBe('final')
  })
})

describe('a week of evenings that collapses', () => {
  const stability = stabilityOf(askedOf('2023', collapsing()))
  const week = stability.instances.filter(
    ({ period, date }) => period === 'evening' && date >= '2023-06-05' && date < '2023-06-12',
  )

  test('none of the week is within the tolerance, and each deviates', () => {
    expect(week.map(({ withinTolerance }) => withinTolerance)).toEqual(Array(7).fill(false))
    expect(week.map(({ verdict }) => verdict)).toEqual(Array(7).fill('deviates'))
  })

  test('each is a low signal', () => {
    expect(week.map(({ signal }) => signal)).toEqual(Array(7).fill('low'))
  })

  test('no other instance deviates, beyond what the adjusted p allows', () => {
    const others = stability.instances.filter((instance) => !week.includes(instance))
    expect(others.filter(({ verdict }) => verdict === 'deviates')).toEqual([])
  })

  test('the month of evenings deviates, the year of mornings and afternoons does not', () => {
    expect(spanOf(stability, 'evening', '2023-06').deviationPoints).toBeLessThan(-10)
    expect(spanOf(stability, 'weekday-morning', '2023').verdict).toBe('stable')
    expect(spanOf(stability, 'weekday-afternoon', '2023').verdict).toBe('stable')
  })

  test('the sentence names the month, whatever it says of the year', () => {
    expect(sentenceOf(stability).zh).toMatch(/按月合并，6月晚间高峰（低\d+\.\d个百分点，超出容许偏差）偏离总体/)
    expect(sentenceOf(stability).en).toContain('pooled by month, deviating: Evening peak of 2023-06')
  })
})

test('a special period is judged the same in the list of instances and pooled from its days', () => {
  const steady = steadyHotline()
  const isOddDay = (atMs: number) => new Date(atMs + 8 * 3_600_000).getUTCDate() % 2 === 1
  const scattered = stabilityOf(
    askedOf('2023', (atMs) => (isOddDay(atMs) ? { offered: 20, answered: 16 } : steady(atMs))),
  )
  const [pooled] = scattered.special
  expect(pooled!.sigmaZ).toBeGreaterThan(2)
  const { ratio, lowerPoints, upperPoints, verdict, callsForVerdict } = pooled!
  expect(scattered.instances.find(({ id }) => id === pooled!.span)).toMatchObject({
    ratio,
    lowerPoints,
    upperPoints,
    verdict,
    callsForVerdict,
  })
})

test('an evening below its limits is a low signal, though it has too few calls for a flag', () => {
  const steady = steadyHotline()
  const isThatEvening = (atMs: number) => atMs >= at('2023-08-09T18:00') && atMs < at('2023-08-09T20:00')
  const stability = stabilityOf(
    askedOf('2023', (atMs) => (isThatEvening(atMs) ? { offered: 10, answered: 6 } : steady(atMs))),
  )
  const evening = stability.instances.find(({ id }) => id === 'evening@2023-08-09')!
  expect(evening).toMatchObject({ offeredCount: 80, answeredCount: 48, signal: 'low' })
  expect(stability.charts.find(({ period }) => period === 'evening')!.callsToFlag).toBeGreaterThan(80)
  expect(stability.instances.filter(({ signal }) => signal === 'low')).toEqual([evening])
})

describe('an evening without records', () => {
  const stability = stabilityOf(askedOf('2023', silentBetween('2023-03-10T18:00', '2023-03-10T20:00')))

  test('has no data, and nobody says that the evenings hold', () => {
    expect(stability.instances.find(({ id }) => id === 'evening@2023-03-10')).toMatchObject({
      coverage: { state: 'no-data', expectedCount: 160, receivedCount: 0 },
      verdict: 'insufficient',
      ratio: null,
    })
    const { zh, en } = sentenceOf(stability)
    expect(zh).toContain('晚间高峰（持平）数据不全，不作未偏离的判断')
    expect(zh).toContain('晚间高峰有1场无数据')
    expect(zh).toMatch(/工作日下午高峰（持平）、春节（持平）未偏离总体/)
    expect(en).toContain('records missing, so not said to hold: Evening peak')
  })

  test('is the longest silence', () => {
    expect(stability.continuity.longestSilence).toEqual({
      startAtMs: at('2023-03-10T18:00'),
      endAtMs: at('2023-03-10T20:00'),
    })
  })
})

test('the first evening of the series is missed too: those after it tell what was to be expected', () => {
  const stability = stabilityOf(askedOf('2023', silentBetween('2023-01-01T18:00', '2023-01-01T20:00')))
  expect(stability.instances.find(({ id }) => id === 'evening@2023-01-01')!.coverage.state).toBe('no-data')
})

test('a long outage does not become the habit that excuses it', () => {
  const stability = stabilityOf(askedOf('2023', silentBetween('2023-03-01T00:00', '2023-07-01T00:00')))
  const silent = stability.instances.filter(({ coverage }) => coverage.state === 'no-data')
  expect(silent.filter(({ period }) => period === 'evening')).toHaveLength(31 + 30 + 31 + 30)
})

test('what is still to come is open, never silent', () => {
  const question = { ...askedOf('2023', silentBetween('2023-07-01T00:00', '2024-01-01T00:00')) }
  question.watermarkAtMs = at('2023-07-01T00:00')
  const stability = stabilityOf(question)
  expect(stability.instances.filter(({ coverage }) => coverage.state === 'no-data')).toEqual([])
  expect(stability.continuity.longestSilence).toBeNull()
  expect(stability.status).toBe('open')
  expect(sentenceOf(stability).zh).toContain('期间进行中，截至2023-07-01T00:00:00+08:00')
})

test('without a single call there is no data, and no peak holds', () => {
  const { zh, en } = sentenceOf(stabilityOf(askedOf('2023-Q2', () => ({ offered: 0, answered: 0 }))))
  expect(zh).toBe('2023年第2季度无数据，不能判断各高峰时段是否偏离总体。')
  expect(en).toBe('There is no data for quarter 2 of 2023, so nothing can be said of its peaks.')
})

test('a night with 3 calls that were all answered is insufficient: 3 calls show nothing', () => {
  const question = askedOf('2023', (startAtMs) => {
    const calls = steadyHotline()(startAtMs)
    return calls.offered === 20 ? { offered: 20, answered: 19 } : calls
  })
  question.windows = { peaks: [{ id: 'night', days: 'all', from: '03:00', to: '03:45' }] }
  const nights = stabilityOf(question).instances
  expect(new Set(nights.map(({ offeredCount, verdict }) => `${offeredCount} ${verdict}`))).toEqual(
    new Set(['3 insufficient']),
  )
  expect(nights[0]!.callsForVerdict).toBeGreaterThan(50)
})

test('hours in which people called and nobody answered are listed', () => {
  const steady = steadyHotline(1)
  const stability = stabilityOf(
    askedOf('2023', (startAtMs) => {
      const calls = steady(startAtMs)
      return startAtMs >= at('2023-05-01T09:00') && startAtMs < at('2023-05-01T10:00')
        ? { ...calls, answered: 0 }
        : calls
    }),
  )
  expect(stability.continuity.unansweredHours).toEqual([
    { startAtMs: at('2023-05-01T09:00'), endAtMs: at('2023-05-01T10:00'), offeredCount: 80 },
  ])
})

test('the busy hours come from the calls, not from the declaration', () => {
  const stability = stabilityOf(
    askedOf('2023', (startAtMs) => {
      const quarter = Math.floor(((startAtMs + 8 * 3_600_000) % 86_400_000) / 900_000)
      // 12:15 to 13:15, between the declared peaks; 09:00 to 10:00 is second.
      const offered = quarter >= 49 && quarter < 53 ? 10 : quarter >= 36 && quarter < 40 ? 6 : 1
      return { offered, answered: offered }
    }),
  )
  expect(stability.busyHours.timeConsistent).toEqual({
    from: '12:15',
    to: '13:15',
    meanOfferedCount: 40,
    daysCount: 365,
  })
  expect(stability.busyHours.meanOfDailyBusiest).toBe(40)
  expect(stability.busyHours.busiestOutside).toEqual({
    from: '12:15',
    to: '13:15',
    meanOfferedCount: 40,
    daysCount: 365,
  })
  const offeredInPeaks = 249 * (4 * 6 + 8 + 14) + 365 * 8
  expect(stability.busyHours.shareInPeaks).toBeCloseTo(offeredInPeaks / (365 * (88 + 40 + 24)), 12)
})

test('a year whose holidays are not published leaves its workday peaks out and says so', () => {
  const stability = stabilityOf(askedOf('2035', steadyHotline()))
  expect(stability.unknownYears).toEqual([2035])
  expect(sentenceOf(stability).zh).toContain('2035年放假安排未公布')
  expect(sentenceOf(stability).zh).toContain('工作日上午高峰（无来电）、工作日下午高峰（无来电）样本量不足')
})

function spanOf(stability: Stability, period: string, span: string) {
  return stability.pooled.find((pooled) => pooled.period === period && pooled.span === span)!
}

function sentenceOf(stability: Stability) {
  const words = { terms: TERMS, report: { rounding: 'half-up' as const, decimals: 1 }, names: NAMES }
  return stabilitySentence(stability, { ...words, asOf: '2023-07-01T00:00:00+08:00' })
}
