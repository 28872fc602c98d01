/** How the figures of a stability report are written in print. */
import { VERDICT_WORDS } from '../../kpi/verdict-words.ts'
import type { InstanceAnswer } from '../answers/instance-answer.ts'
import { type Html, html } from './html.ts'

/** −2.10, +0.35; points are never written as percent. */
export function signedPoints(points: number | null): string {
  if (points === null) return '—'
  const text = Math.abs(points).toFixed(2)
  if (Number(text) === 0) return '0.00'
  return `${points < 0 ? '−' : '+'}${text}`
}

/** 低2.10个百分点 */
export function pointsInWords(points: number | null): string {
  if (points === null) return '无来电'
  const text = Math.abs(points).toFixed(2)
  if (Number(text) === 0) return '持平'
  return `${points < 0 ? '低' : '高'}${text}个百分点`
}

export function intervalText(lower: number | null, upper: number | null): string {
  return lower === null || upper === null ? '—' : `${signedPoints(lower)} ～ ${signedPoints(upper)}`
}

/** For rates of which the exact quotient is at hand elsewhere. */
export function percentText(ratio: number | null): string {
  return ratio === null ? '—' : `${(100 * ratio).toFixed(2)}%`
}

/** `2023-03-10T18:00:00+08:00` as `2023-03-10 18:00`: the zone is said once at the head. */
export function momentText(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ')
}

export function countText(count: number): string {
  return count.toLocaleString('en')
}

export function verdictHtml(verdict: InstanceAnswer['verdict']): Html {
  return html`<span class="${verdict}">${VERDICT_WORDS[verdict].zh}</span>`
}

/** `2023` 全年, `2023-Q3` 第3季度, `2023-07` 7月. */
export function spanText(span: string): string {
  if (span.includes('-Q')) return `${span.slice(6)}季度`
  return span.length === 7 ? `${Number(span.slice(5))}月` : '全年'
}

/** Dates as people read them: the last day inside, `01-21至01-27`; a time of day stays as it is. */
export function inclusiveText(from: string, to: string): string {
  if (from.length > 10 || to.length > 10) return `${from.replace('T', ' ')}至${to.replace('T', ' ')}`
  const last = new Date(Date.parse(to) - 86_400_000).toISOString().slice(0, 10)
  return last === from ? from : `${from}至${last.slice(5)}`
}
