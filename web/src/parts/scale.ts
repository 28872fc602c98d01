/** From figures to places on a drawing. */

export interface Scale {
  (value: number): number
  from: number
  to: number
}

/** Values from `from` to `to` lie from `start` to `end`; what is outside is drawn at the edge. */
export function scaleOf(from: number, to: number, start: number, end: number): Scale {
  const span = to - from || 1
  const place = (value: number) => start + ((Math.min(Math.max(value, from), to) - from) / span) * (end - start)
  return Object.assign(place, { from, to })
}

/** Round values inside a range, some `count` of them. */
export function ticksOf(from: number, to: number, count: number): number[] {
  const rough = (to - from) / count || 1
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? rough
  const first = Math.ceil(from / step - 1e-9)
  const ticks: number[] = []
  for (let at = first; at * step <= to + step * 1e-9; at += 1) ticks.push(Number((at * step).toPrecision(12)))
  return ticks
}

/** Whole days since 1970 of a local date, so that days are as far apart as they are. */
export function dayNumber(date: string): number {
  return Date.parse(`${date.slice(0, 10)}T00:00:00Z`) / 86_400_000
}

export function dateOfDay(day: number): string {
  return new Date(Math.round(day) * 86_400_000).toISOString().slice(0, 10)
}
