/** What the address asks of the pages about peaks, and where they lead. */
import { partQuery } from '../parts/part-choice.tsx'

/** Local days, `to` out, as `?from=2023-09-11&to=2023-09-18`. */
export interface AskedDays {
  from: string
  to: string
}

const DATE = /^\d{4}-\d{2}-\d{2}$/

/** `null` where the address names no days, or none that follow one another. */
export function daysOf(query: URLSearchParams): AskedDays | null {
  const from = query.get('from') ?? ''
  const to = query.get('to') ?? ''
  return DATE.test(from) && DATE.test(to) && from < to ? { from, to } : null
}

/** The chosen one of some, or the first. */
export function chosenOf<Choice extends string>(
  query: URLSearchParams,
  name: string,
  choices: readonly Choice[],
): Choice {
  return choices.find((choice) => choice === query.get(name)) ?? choices[0]!
}

/** A path with more to ask than its line and region. */
export function askedPath(path: string, query: URLSearchParams, more: Record<string, string | null>): string {
  const asked = new URLSearchParams(partQuery(query))
  for (const [name, value] of Object.entries(more)) if (value !== null) asked.set(name, value)
  const text = asked.toString()
  return text === '' ? path : `${path}?${text}`
}

/** The page of one window, of the line and region that are looked at. */
export function windowPath(id: string, query: URLSearchParams): string {
  return `/peaks/${encodeURIComponent(id)}${partQuery(query)}`
}

/** The calls of a stretch of time; the window it belongs to is kept for the way back. */
export function callsPath(startAt: string, endAt: string, query: URLSearchParams, window: string): string {
  return askedPath('/calls', query, { from: startAt.slice(0, 16), to: endAt.slice(0, 16), window })
}

/** The days of a month as the address names them. */
export function monthDays(month: string): AskedDays {
  const [year, number] = month.split('-').map(Number) as [number, number]
  const next = number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`
  return { from: `${month}-01`, to: `${next}-01` }
}
