/** How figures are written: rates in percent with two decimals, differences between rates in percentage points 个百分点. */
import type { Language } from '../language/language.ts'

export const NOTHING = '—'

/** For rates of which the API gives no exact text of its own. */
export function percentText(ratio: number | null, decimals = 2): string {
  return ratio === null ? NOTHING : `${(100 * ratio).toFixed(decimals)}%`
}

/** `0.8` as 80%, `0.955` as 95.5%: of targets, which are written short. */
export function targetText(ratio: number | null): string {
  return ratio === null ? NOTHING : `${Number((100 * ratio).toFixed(6))}%`
}

export function countText(count: number | null): string {
  return count === null ? NOTHING : count.toLocaleString('en-US')
}

/** −2.10, +0.35: percentage points without their unit, for columns whose head says it. */
export function signedPoints(points: number | null): string {
  if (points === null) return NOTHING
  const size = Math.abs(points).toFixed(2)
  if (Number(size) === 0) return '0.00'
  return `${points < 0 ? '−' : '+'}${size}`
}

export function pointsText(points: number | null, language: Language): string {
  if (points === null) return NOTHING
  return `${signedPoints(points)} ${language === 'zh' ? '个百分点' : 'points'}`
}

/** `2023-03-10T18:00:00+08:00` as `2023-03-10 18:00`: in the profile's zone, which the shell says once. */
export function momentText(iso: string | null): string {
  return iso === null ? NOTHING : iso.slice(0, 16).replace('T', ' ')
}

/** `2023-03-10T18:00:00+08:00` as `18:00`. */
export function timeText(iso: string): string {
  return iso.slice(11, 16)
}

/** 83,000 ms as 1:23, 4,200 ms as 4.2 s. */
export function lengthText(ms: number | null): string {
  if (ms === null) return NOTHING
  if (ms < 59_950) return `${(ms / 1_000).toFixed(1)} s`
  const seconds = Math.round(ms / 1_000) // rounded once: 179.6 s is 3:00, neither 2:60 nor 2:00
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
