/** The demonstration in which evenings collapse: the product must be able to find it, and nothing else. */
import { expect, test } from 'vitest'
import { isAnswered } from '../../kpi/call.ts'
import { at } from '../unit/producers/panjin.ts'
import { callsOf, recordsOf } from '../unit/producers/simulated-records.ts'

/** Three weeks, the middle one being that of the demonstration. */
const PERIOD = { fromAtMs: at('2023-09-04'), toAtMs: at('2023-09-25'), scale: 1 }

interface Counts {
  offered: number
  answered: number
}

const ratio = ({ answered, offered }: Counts) => answered / offered

/** By local date and by the window of the day: evening is 18:00 to 20:00, day is 08:00 to 18:00. */
function countsOf(demo?: string): Map<string, Counts> {
  const counts = new Map<string, Counts>()
  for (const call of callsOf(recordsOf({ ...PERIOD, demo }))) {
    if (call.revision !== 1 || call.direction !== 'INBOUND' || call.queuedAtMs === null) continue
    const local = new Date(call.arrivedAtMs + 8 * 3_600_000).toISOString()
    const hour = Number(local.slice(11, 13))
    const window = hour >= 18 && hour < 20 ? 'evening' : hour >= 8 && hour < 18 ? 'day' : 'night'
    const name = `${local.slice(0, 10)} ${window}`
    const before = counts.get(name) ?? { offered: 0, answered: 0 }
    counts.set(name, { offered: before.offered + 1, answered: before.answered + (isAnswered(call) ? 1 : 0) })
  }
  return counts
}

const ordinary = countsOf()
const collapsed = countsOf('evening-collapse')
const WEEK = ['11', '12', '13', '14', '15', '16', '17'].map((day) => `2023-09-${day}`)

test.each(WEEK)('on the evening of %s at least ten points fewer are answered', (date) => {
  expect(ratio(ordinary.get(`${date} evening`)!)).toBeGreaterThan(0.9)
  expect(ratio(collapsed.get(`${date} evening`)!)).toBeLessThan(0.88)
})

test('mornings, afternoons and nights of that week stay as they were', () => {
  for (const date of WEEK) {
    expect(Math.abs(ratio(collapsed.get(`${date} day`)!) - ratio(ordinary.get(`${date} day`)!))).toBeLessThan(0.02)
  }
})

test('evenings before and after stay as they were', () => {
  for (const date of ['2023-09-05', '2023-09-08', '2023-09-19', '2023-09-22']) {
    const change = ratio(collapsed.get(`${date} evening`)!) - ratio(ordinary.get(`${date} evening`)!)
    expect(Math.abs(change)).toBeLessThan(0.05)
  }
})
