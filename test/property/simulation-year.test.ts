/** The default year, whole: does it lie where the published figures of the profile lie? Takes some seconds. */
import { expect, test } from 'vitest'
import type { KpiId } from '../../kpi/kpi.ts'
import type { SimulatedRecord } from '../../producers/hotline/outbox.ts'
import { simulate } from '../../producers/hotline/simulate.ts'
import { Truth } from '../../producers/truth.ts'
import { at, panjin } from '../unit/producers/panjin.ts'

const DAY_MS = 86_400_000
const FROM_AT_MS = at('2023-01-01')
const OPTIONS = { profile: panjin, seed: 1, fromAtMs: FROM_AT_MS, toAtMs: at('2024-01-01'), scale: 1 }

/** First tries of callers who ask for a person, by local day and hour. */
class HourlyCounts {
  readonly counts = Array.from({ length: 365 }, () => new Array<number>(24).fill(0))

  add(simulated: SimulatedRecord): void {
    if (simulated.topic !== 'calls') return
    const { revision, direction, queuedAtMs, arrivedAtMs } = simulated.record
    if (revision !== 1 || direction !== 'INBOUND' || queuedAtMs === null) return
    const sinceMs = arrivedAtMs - FROM_AT_MS
    this.counts[Math.floor(sinceMs / DAY_MS)]![Math.floor((sinceMs % DAY_MS) / 3_600_000)]! += 1
  }
}

const truth = new Truth(OPTIONS)
const hourly = new HourlyCounts()
const messages = { calls: 0, tickets: 0 }
const seats = new Set<string>()
let openMax = 0
for (const simulated of simulate(OPTIONS)) {
  truth.add(simulated)
  hourly.add(simulated)
  messages[simulated.topic] += 1
  if (simulated.topic === 'calls' && simulated.record.agent !== null) seats.add(simulated.record.agent)
  openMax = Math.max(openMax, truth.unfinishedCount)
}
const year = truth.file().years['2023']!

test.each([
  'connectionRate',
  'directResolutionRate',
  'closureRate',
  'satisfactionRate',
  'goodRatingRate',
] as const satisfies KpiId[])('%s is within 0.05 points of the published figure', (id) => {
  const percent = (100 * year[id].numerator) / year[id].denominator
  expect(Math.abs(percent - Number(panjin.published![id]!.percent))).toBeLessThan(0.05)
})

test('412,000 calls are offered and 324,000 requests accepted, within 1 %', () => {
  expect(Math.abs(year.connectionRate.denominator / 412_000 - 1)).toBeLessThan(0.01)
  expect(Math.abs(year.directResolutionRate.denominator / 324_000 - 1)).toBeLessThan(0.01)
})

test('messages stay in bounds, and what must be remembered is a small part of the year', () => {
  expect(messages.calls).toBeLessThan(800_000)
  expect(messages.tickets).toBeLessThan(650_000)
  expect(openMax).toBeLessThan(30_000)
})

test('the busiest hour has about 10.5 % of the calls, and no hour of the night has none', () => {
  const byHour = Array.from({ length: 24 }, (_, hour) => hourly.counts.reduce((sum, day) => sum + day[hour]!, 0))
  const total = byHour.reduce((sum, count) => sum + count, 0)
  expect(Math.max(...byHour) / total).toBeGreaterThan(0.1)
  expect(Math.max(...byHour) / total).toBeLessThan(0.11)
  expect(Math.min(...byHour)).toBeGreaterThan(365)
})

test('two humps: noon is quieter than morning and afternoon', () => {
  const at10 = hourly.counts.reduce((sum, day) => sum + day[10]!, 0)
  const at12 = hourly.counts.reduce((sum, day) => sum + day[12]!, 0)
  const at15 = hourly.counts.reduce((sum, day) => sum + day[15]!, 0)
  expect(at12).toBeLessThan(0.6 * Math.min(at10, at15))
})

test('weekdays at 10 o’clock vary about ten times as much as a Poisson process of one rate would', () => {
  const counts = hourly.counts.filter((_, day) => (day + 6) % 7 < 5).map((day) => day[10]!)
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length
  const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (counts.length - 1)
  expect(variance / mean).toBeGreaterThan(7)
  expect(variance / mean).toBeLessThan(13)
})

test('special periods are busier than the same weekdays around them', () => {
  const of = (date: string) => hourly.counts[(at(date) - FROM_AT_MS) / DAY_MS]!.reduce((sum, count) => sum + count, 0)
  expect(of('2023-03-15')).toBeGreaterThan(1.1 * ((of('2023-03-08') + of('2023-03-22')) / 2))
})

test('all 52 posts are seen answering', () => expect(seats.size).toBe(52))

test('every rate of the dictionary has something to count', () => {
  for (const [id, { numerator, denominator }] of Object.entries(year)) {
    expect([id, numerator > 0 && numerator <= denominator]).toEqual([id, true])
  }
})
