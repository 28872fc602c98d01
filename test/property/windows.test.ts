import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CELL_MS, cellOf } from '../../kpi/cell.ts'
import { countsBetween, emptySeries, sumOf, sumsOf } from '../../kpi/cell-series.ts'
import { holidaysNamed } from '../../kpi/holidays.ts'
import { WEEKDAYS } from '../../kpi/local-date.ts'
import { boundariesOf, GRAINS, periodOf, rangeOf } from '../../kpi/periods.ts'
import { cellIndexOf } from '../../kpi/window-cells.ts'
import { windowProblems } from '../../kpi/window-problems.ts'
import { instancesIn, type PeakDefinition, type WindowInstance } from '../../kpi/windows.ts'
import { localMsOf, type Zone, zoneOf } from '../../kpi/zone.ts'

const ZONES = [
  'Asia/Shanghai',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Asia/Kathmandu',
]
const zone = fc.constantFrom(...ZONES).map(zoneOf)
const year = fc.constantFrom('2011', '2023', '2024')
const wallTime = fc
  .integer({ min: 0, max: 95 })
  .map(
    (quarter) => `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`,
  )
const days = fc.oneof(
  fc.constantFrom('all' as const, 'workday' as const, 'offday' as const),
  fc.subarray([...WEEKDAYS], { minLength: 1 }),
)
const peaks = fc
  .array(fc.record({ days, from: wallTime, to: wallTime }), { minLength: 1, maxLength: 4 })
  .map((list) =>
    list.filter(({ from, to }) => from !== to).map((peak, at): PeakDefinition => ({ id: `peak-${at}`, ...peak })),
  )
const HOLIDAYS = holidaysNamed('cn')!

describe('for any zone, year, profile and calls', () => {
  test('points of every grain cover the year without a hole, and add up to it', () => {
    fc.assert(
      fc.property(zone, year, fc.array(fc.nat(50), { minLength: 1, maxLength: 200 }), (zone, year, calls) => {
        const range = rangeOf(zone, periodOf(year)!)
        const cells = seriesOf(range, calls)
        const whole = sumOf(cells, 'offered', range.fromAtMs, range.toAtMs)
        for (const grain of GRAINS) {
          const boundariesAtMs = boundariesOf(zone, range, grain)
          expect(boundariesAtMs[0]).toBe(range.fromAtMs)
          expect(boundariesAtMs.at(-1)).toBe(range.toAtMs)
          let sum = 0
          for (let at = 1; at < boundariesAtMs.length; at += 1) {
            if (boundariesAtMs[at]! <= boundariesAtMs[at - 1]!) throw new Error(`${grain} ${at} does not rise`)
            sum += sumOf(cells, 'offered', boundariesAtMs[at - 1]!, boundariesAtMs[at]!)
          }
          expect(sum).toBe(whole)
        }
      }),
      { numRuns: 20 },
    )
  })

  test('every instance counts exactly the calls that arrived in it', () => {
    fc.assert(
      fc.property(
        zone,
        year,
        peaks,
        fc.array(fc.nat(366 * 96 - 1), { maxLength: 300 }),
        (zone, year, peaks, places) => {
          expect(windowProblems({ peaks }, zone)).toEqual([])
          const range = rangeOf(zone, periodOf(year)!)
          const arrivals = places
            .map((place, at) => range.fromAtMs + place * CELL_MS + ((at * 7919) % CELL_MS))
            .filter((arrivedAtMs) => arrivedAtMs < range.toAtMs)
          const series = emptySeries(range)
          for (const arrivedAtMs of arrivals)
            series.columns.offered[cellIndexOf(range.fromAtMs, cellOf(arrivedAtMs))]! += 1
          const cells = sumsOf(series, range)
          for (const instance of instancesIn({ peaks }, HOLIDAYS, zone, range).instances) {
            const brute = arrivals.filter(
              (arrivedAtMs) => instance.startAtMs <= arrivedAtMs && arrivedAtMs < instance.endAtMs,
            )
            expect(countsBetween(cells, instance.startAtMs, instance.endAtMs).offeredCount).toBe(brute.length)
          }
        },
      ),
      { numRuns: 40 },
    )
  })

  test('an arrival is in a peak of all days exactly when the wall clock says so', () => {
    fc.assert(
      fc.property(zone, wallTime, wallTime, fc.nat(365 * 96 - 1), (zone, from, to, place) => {
        fc.pre(from !== to)
        const range = rangeOf(zone, periodOf('2023')!)
        const atMs = range.fromAtMs + place * CELL_MS
        fc.pre(!isNearChange(zone, atMs))
        const { instances } = instancesIn({ peaks: [{ id: 'peak', days: 'all', from, to }] }, HOLIDAYS, zone, range)
        const minutes = (localMsOf(zone, atMs) % 86_400_000) / 60_000
        const [fromMinutes, toMinutes] = [minutesIn(from), minutesIn(to)]
        const expected =
          fromMinutes < toMinutes
            ? fromMinutes <= minutes && minutes < toMinutes
            : fromMinutes <= minutes || minutes < toMinutes
        expect(instances.some((instance) => holds(instance, atMs))).toBe(expected)
      }),
      { numRuns: 300 },
    )
  })

  test('instances of one peak never overlap, lie on cells, and have ids of their own', () => {
    fc.assert(
      fc.property(zone, year, peaks, (zone, year, peaks) => {
        const range = rangeOf(zone, periodOf(year)!)
        const { instances } = instancesIn({ peaks }, HOLIDAYS, zone, range)
        expect(new Set(instances.map(({ id }) => id)).size).toBe(instances.length)
        for (const { id } of peaks) {
          const own = instances.filter(({ period }) => period === id)
          for (const [at, instance] of own.entries()) {
            expect([instance.startAtMs % CELL_MS, instance.endAtMs % CELL_MS]).toEqual([0, 0])
            expect(instance.startAtMs).toBeLessThan(instance.endAtMs)
            if (at > 0) expect(own[at - 1]!.endAtMs).toBeLessThanOrEqual(instance.startAtMs)
          }
        }
      }),
      { numRuns: 30 },
    )
  })
})

function seriesOf(range: { fromAtMs: number; toAtMs: number }, calls: readonly number[]) {
  const series = emptySeries(range)
  for (let at = 0; at < series.columns.offered.length; at += 1) series.columns.offered[at] = calls[at % calls.length]!
  return sumsOf(series, range)
}

function holds({ startAtMs, endAtMs }: WindowInstance, atMs: number): boolean {
  return startAtMs <= atMs && atMs < endAtMs
}

function minutesIn(wallTime: string): number {
  return Number(wallTime.slice(0, 2)) * 60 + Number(wallTime.slice(3))
}

/** Within a day of a change of offset, where a wall time may be shown twice or never. */
function isNearChange(zone: Zone, atMs: number): boolean {
  return Array.from(zone.changesAtMs).some((changeAtMs) => Math.abs(changeAtMs - atMs) < 86_400_000)
}
