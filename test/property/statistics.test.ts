import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judge } from '../../kpi/judgement.ts'
import { benjaminiHochberg } from '../../kpi/statistics/benjamini-hochberg.ts'
import type { Counts } from '../../kpi/statistics/counts.ts'
import { normalQuantile } from '../../kpi/statistics/normal-quantile.ts'
import { twoSidedTail } from '../../kpi/statistics/normal-tail.ts'
import { deviationOf } from '../../kpi/statistics/part-whole.ts'
import { wilsonInterval } from '../../kpi/statistics/wilson.ts'

const Z = 1.959963984540054
const counts = fc
  .tuple(fc.integer({ min: 1, max: 20_000 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([offeredCount, share]): Counts => ({ offeredCount, answeredCount: Math.round(offeredCount * share) }))

test('a Wilson interval holds its ratio and stays within 0 and 1', () => {
  fc.assert(
    fc.property(counts, ({ offeredCount, answeredCount }) => {
      const ratio = answeredCount / offeredCount
      const { lower, upper } = wilsonInterval(ratio, offeredCount, Z)
      expect(0 <= lower && lower <= ratio + 1e-15 && ratio <= upper + 1e-15 && upper <= 1).toBe(true)
    }),
  )
})

test('the deviation is the plain difference of the two rates, and lies in its interval', () => {
  fc.assert(
    fc.property(counts, counts, (window, rest) => {
      const overall = {
        offeredCount: window.offeredCount + rest.offeredCount,
        answeredCount: window.answeredCount + rest.answeredCount,
      }
      const { deviationPoints, lowerPoints, upperPoints } = deviationOf(window, overall, Z)!
      const plain = 100 * (window.answeredCount / window.offeredCount - overall.answeredCount / overall.offeredCount)
      expect(deviationPoints).toBeCloseTo(plain, 9)
      expect(lowerPoints).toBeLessThanOrEqual(deviationPoints)
      expect(upperPoints).toBeGreaterThanOrEqual(deviationPoints)
    }),
  )
})

test('stable windows hold the tolerance, deviating ones do not, and the least tolerance is where stable begins', () => {
  fc.assert(
    fc.property(counts, counts, fc.constantFrom(0.5, 1, 2, 5), (window, rest, tolerancePoints) => {
      const overall = {
        offeredCount: window.offeredCount + rest.offeredCount,
        answeredCount: window.answeredCount + rest.answeredCount,
      }
      const terms = { tolerancePoints, confidence: 0.95, overdispersion: 'none' as const, targetRatio: null }
      const judged = judge(window, overall, terms)
      if (judged.verdict === 'stable') expect(judged.withinTolerance).toBe(true)
      if (judged.verdict === 'deviates') expect(judged.withinTolerance).toBe(false)
      expect(judged.verdict === 'stable').toBe(judged.leastTolerancePoints! <= tolerancePoints)
      if (judged.verdict !== 'insufficient') expect(judged.callsForVerdict!).toBeLessThanOrEqual(window.offeredCount)
    }),
  )
})

test('quantile and tail undo each other', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-12, max: 1, noNaN: true, maxExcluded: true }), (p) => {
      expect(twoSidedTail(normalQuantile(p / 2)) / p).toBeCloseTo(1, 10)
    }),
  )
})

test('adjusting keeps the order of p values and never lowers one', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (ps) => {
      const adjusted = benjaminiHochberg(ps)
      ps.forEach((p, at) => {
        expect(adjusted[at]!).toBeGreaterThanOrEqual(p)
        ps.forEach((other, otherAt) => {
          if (p < other) expect(adjusted[at]!).toBeLessThanOrEqual(adjusted[otherAt]!)
        })
      })
    }),
  )
})
