/**
 * The answer in one sentence, Chinese and English, as it can be filed. It never says that a peak holds while one of
 * its instances has no data, and never leaves out what it cannot judge.
 */
import type { StabilityTerms } from './judgement.ts'
import type { PooledWindows } from './pooled-windows.ts'
import { percentOf, type Report } from './rounding.ts'
import type { Stability } from './stability.ts'

export interface Name {
  zh: string
  en: string
}

export interface SentenceWords {
  terms: StabilityTerms
  report: Report
  /** Names of peaks and special periods by id. */
  names: Readonly<Record<string, Name>>
  /** The watermark as text; `null` before the first. */
  asOf: string | null
}

/** What is said of one peak or special period. `silent`: what came in looks stable, but not everything came in. */
type Said = 'stable' | 'deviates' | 'insufficient' | 'silent'

export function stabilitySentence(stability: Stability, words: SentenceWords): Name {
  const year = stability.period.name.slice(0, 4)
  const quarter = stability.period.kind === 'quarter' ? stability.period.name.slice(6) : null
  const period: Name = {
    zh: quarter === null ? `${year}年` : `${year}年第${quarter}季度`,
    en: quarter === null ? year : `quarter ${quarter} of ${year}`,
  }
  if (stability.overall.offeredCount === 0) {
    return {
      zh: `${period.zh}无数据，不能判断各高峰时段是否偏离总体。`,
      en: `There is no data for ${period.en}, so nothing can be said of its peaks.`,
    }
  }
  const windows = [...stability.pooled.filter((pooled) => pooled.span === stability.period.name), ...stability.special]
  return {
    zh: `${period.zh}${overallZh(stability, words)}${windowsZh(windows, words)}${remarksZh(stability, windows, words)}。`,
    en: `In ${period.en}, ${overallEn(stability, words)}${windowsEn(windows, words)}${remarksEn(stability, windows, words)}.`,
  }
}

function saidOf(window: PooledWindows): Said {
  return window.verdict === 'stable' && window.noDataCount > 0 ? 'silent' : window.verdict
}

function overallZh({ overall }: Stability, { terms, report }: SentenceWords): string {
  const target =
    terms.targetRatio === null ? '' : `，${overall.metTarget ? '达到' : '未达到'}${percent(terms.targetRatio)}的目标`
  return `人工请求${overall.offeredCount}件，总体接通率${rate(overall, report)}%${target}`
}

function overallEn({ overall }: Stability, { terms, report }: SentenceWords): string {
  const target =
    terms.targetRatio === null ? '' : ` (target ${percent(terms.targetRatio)}: ${overall.metTarget ? 'met' : 'missed'})`
  return `${overall.offeredCount} calls asked for a person and ${rate(overall, report)}% were answered${target}`
}

function windowsZh(windows: readonly PooledWindows[], words: SentenceWords): string {
  const { tolerancePoints, confidence } = words.terms
  const listed = (said: Said) =>
    windows
      .filter((window) => saidOf(window) === said)
      .map((window) => `${nameOf(window, words).zh}${deviationZh(window, words.report)}`)
      .join('、')
  const parts = [
    phrase(listed('stable'), (list) => `${list}未偏离总体`),
    phrase(listed('deviates'), (list) => `${list}偏离总体`),
    phrase(listed('insufficient'), (list) => `${list}样本量不足，不能判断`),
    phrase(listed('silent'), (list) => `${list}数据不全，不作未偏离的判断`),
  ].filter((part) => part !== '')
  return parts.length === 0
    ? ''
    : `；按容许偏差${tolerancePoints}个百分点、置信度${percent(confidence)}，${parts.join('；')}`
}

function windowsEn(windows: readonly PooledWindows[], words: SentenceWords): string {
  const { tolerancePoints, confidence } = words.terms
  const listed = (said: Said) =>
    windows
      .filter((window) => saidOf(window) === said)
      .map((window) => `${nameOf(window, words).en}${deviationEn(window, words.report)}`)
      .join(', ')
  const parts = [
    phrase(listed('stable'), (list) => `not deviating from the overall rate: ${list}`),
    phrase(listed('deviates'), (list) => `deviating: ${list}`),
    phrase(listed('insufficient'), (list) => `too few calls to say: ${list}`),
    phrase(listed('silent'), (list) => `records missing, so not said to hold: ${list}`),
  ].filter((part) => part !== '')
  if (parts.length === 0) return ''
  return `; at a tolerance of ${tolerancePoints} percentage points and ${percent(confidence)} confidence, ${parts.join('; ')}`
}

function remarksZh(stability: Stability, windows: readonly PooledWindows[], words: SentenceWords): string {
  const months = deviatingMonths(stability).map(
    (window) => `${Number(window.span.slice(5))}月${nameOf(window, words).zh}${deviationZh(window, words.report)}`,
  )
  const remarks = windows
    .filter((window) => window.noDataCount > 0)
    .map((window) => `${nameOf(window, words).zh}有${window.noDataCount}${window.kind === 'peak' ? '场' : '天'}无数据`)
  if (months.length > 0) remarks.unshift(`按月合并，${months.join('、')}偏离总体`)
  for (const year of stability.unknownYears) remarks.push(`${year}年放假安排未公布，工作日和休息日高峰未列入`)
  if (stability.status === 'open') remarks.push(`期间进行中，截至${words.asOf ?? '尚无水位'}`)
  if (stability.status === 'provisional') remarks.push(`数字暂定，截至${words.asOf}`)
  return remarks.map((remark) => `；${remark}`).join('')
}

function remarksEn(stability: Stability, windows: readonly PooledWindows[], words: SentenceWords): string {
  const months = deviatingMonths(stability).map(
    (window) => `${nameOf(window, words).en} of ${window.span}${deviationEn(window, words.report)}`,
  )
  const remarks = windows
    .filter((window) => window.noDataCount > 0)
    .map((window) => {
      const what = window.kind === 'peak' ? 'instances' : 'days'
      return `${nameOf(window, words).en} has no data for ${window.noDataCount} of ${window.instancesCount} ${what}`
    })
  if (months.length > 0) remarks.unshift(`pooled by month, deviating: ${months.join(', ')}`)
  for (const year of stability.unknownYears) {
    remarks.push(`the holidays of ${year} are not published, so its workday and off-day peaks are left out`)
  }
  if (stability.status === 'open')
    remarks.push(`the period is still running, as of ${words.asOf ?? 'no watermark yet'}`)
  if (stability.status === 'provisional') remarks.push(`figures are provisional as of ${words.asOf}`)
  return remarks.map((remark) => `; ${remark}`).join('')
}

/** A year that holds may hide a month that did not: it is named, so that nobody has to find it. */
function deviatingMonths({ pooled }: Stability): PooledWindows[] {
  return pooled.filter(({ span, verdict }) => /^\d{4}-\d{2}$/.test(span) && verdict === 'deviates')
}

/** （低2.10个百分点，超出容许偏差）; nothing for a window without calls. */
function deviationZh({ deviationPoints, withinTolerance }: PooledWindows, { decimals }: Report): string {
  if (deviationPoints === null) return '（无来电）'
  const points = Math.abs(deviationPoints).toFixed(decimals)
  const side = Number(points) === 0 ? '持平' : `${deviationPoints < 0 ? '低' : '高'}${points}个百分点`
  return `（${side}${withinTolerance ? '' : '，超出容许偏差'}）`
}

function deviationEn({ deviationPoints, withinTolerance }: PooledWindows, { decimals }: Report): string {
  if (deviationPoints === null) return ' (no calls)'
  const points = Math.abs(deviationPoints).toFixed(decimals)
  const side = Number(points) === 0 ? 'level' : `${points} points ${deviationPoints < 0 ? 'below' : 'above'}`
  return ` (${side}${withinTolerance ? '' : ', outside the tolerance'})`
}

function nameOf({ period }: PooledWindows, { names }: SentenceWords): Name {
  return names[period] ?? { zh: period, en: period }
}

function phrase(list: string, wording: (list: string) => string): string {
  return list === '' ? '' : wording(list)
}

function rate(counts: { offeredCount: number; answeredCount: number }, report: Report): string {
  return percentOf({ numerator: counts.answeredCount, denominator: counts.offeredCount }, report)!
}

/** A ratio of the profile as people wrote it: 0.8 is 80%. */
function percent(ratio: number): string {
  return `${Number((100 * ratio).toPrecision(12))}%`
}
