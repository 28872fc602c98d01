/** How a figure and what is usual are written side by side. */
import { countText, NOTHING } from '../figures/figure-text.ts'

/** Means with one decimal, whole numbers as they are. */
export function meanText(count: number | null): string {
  if (count === null) return NOTHING
  if (Number.isInteger(count) || count >= 1000) return countText(Math.round(count))
  return count < 0.1 ? '< 0.1' : count.toFixed(1)
}

/** How much more or less than usual, in percent of it, and as a multiple from threefold on; nothing where there is no usual. */
export function changeText(value: number | null, usual: number | null): string {
  if (value === null || usual === null || usual === 0) return NOTHING
  if (value >= 3 * usual) return `× ${(value / usual).toFixed(1)}`
  const change = Math.round(100 * (value / usual - 1))
  if (change === 0) return '±0%'
  return change > 0 ? `+${change}%` : `−${-change}%`
}
