/** What is done to records on their way into a scenario, as people ask for it on the command line. */
import { parse } from 'tinyduration'
import type { CalendarShift } from '../kpi/shifted-days.ts'
import type { Transformation } from '../producers/scenario/transformation.ts'
import { SteadylineError } from '../schemas/errors.ts'
import { numberOption } from './options.ts'

export interface TransformationOptions {
  shift?: string
  scale?: string
  seed?: string
  lines?: string
  regions?: string
  growth?: string
}

/** More calls than this are no scenario of the same hotline, but a typing error. */
const FACTOR_MAX = 1_000

/** @throws SteadylineError (exit code 2) for an option that cannot be read */
export function transformationOf(options: TransformationOptions): Transformation {
  const { shift, scale = '1', seed = '1', lines, regions, growth } = options
  const grown = growth === undefined ? [] : growth.split(',').map(grownLine)
  return {
    shift: shift === undefined ? null : calendarShift(shift),
    scale: factorOption('--scale', scale),
    seed: numberOption('--seed', seed, { isWhole: true, min: 0 }),
    lines: lines === undefined ? null : new Set(lines.split(',').map((line) => line.trim())),
    regions: regions === undefined ? null : new Set(regions.split(',').map((region) => region.trim())),
    growth: new Map(grown),
  }
}

/** `P1Y`, `P52W`, `-P3M`: whole days only, because a shift goes by the calendar. */
export function calendarShift(text: string): CalendarShift {
  const expected = 'an ISO-8601 duration of years, months, weeks or days, such as P1Y, P52W or -P1M'
  let parsed: ReturnType<typeof parse>
  try {
    parsed = parse(text)
  } catch {
    throw invalid('--shift', text, expected)
  }
  const { negative = false, years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0 } = parsed
  const isOfDays = hours === 0 && minutes === 0 && seconds === 0
  const isWhole = [years, months, weeks, days].every(Number.isInteger)
  if (!isOfDays || !isWhole) throw invalid('--shift', text, expected)
  const signed = (count: number) => (negative ? 0 - count : count) // never -0
  return { monthsCount: signed(12 * years + months), daysCount: signed(7 * weeks + days) }
}

function grownLine(text: string): [string, number] {
  const found = /^\s*([^=\s]+)\s*=\s*(\S+)\s*$/.exec(text)
  if (found === null) throw invalid('--growth', text, 'lines and factors such as 12345=1.2,12315=0.8')
  return [found[1]!, factorOption('--growth', found[2]!)]
}

function factorOption(option: string, text: string): number {
  const factor = numberOption(option, text, { isWhole: false, min: 0 })
  if (factor <= FACTOR_MAX) return factor
  throw invalid(option, text, `a factor of at most ${FACTOR_MAX}`)
}

function invalid(option: string, text: string, expected: string): SteadylineError {
  return new SteadylineError(
    'STEADYLINE_OPTION_INVALID',
    2,
    `${option} is ${JSON.stringify(text)}, expected ${expected}.`,
  )
}
