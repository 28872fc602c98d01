/** How a figure and what is usual are written side by side. */
import { countText, NOTHING } from '../figures/figure-text.ts'

/** Means with one decimal, whole numbers as they are. */
export function meanText(count: number | null): string {
  if (count === null) return NOTHING
  return Number.isInteger(count) || count >= 1000 ? countText(Math.round(count)) : count.toFixed(1)
}

/** How much more or less than usual, in percent of it; nothing where there is no usual. */
export function changeText(value: number | null, usual: number | null): string {
  if (value === null || usual === null || usual === 0) return NOTHING
  const change = Math.round(100 * (value / usual - 1))
  if (change === 0) return '±0%'
  return change > 0 ? `+${change}%` : `−${-change}%`
}
