/** The scorecard as a page that prints to at most two sheets of A4, with room for review and signature. */
import { STATUS_WORDS } from '../../kpi/status-words.ts'
import type { EvaluationAnswer } from '../answers/evaluation-answer.ts'
import type { IndicatorAnswer } from '../answers/indicator-answer.ts'
import { EVALUATION_STYLE } from './evaluation-style.ts'
import { type Html, html } from './html.ts'
import { SIMULATED_HEADING } from './simulated-heading.ts'

const TITLES = [
  '一级',
  '二级',
  '三级指标',
  '权重',
  '得分',
  '目标值',
  '实际完成值',
  '公布值（差）',
  '指标解释与评分标准',
  '扣分原因',
  '佐证',
]

const WIDE: ReadonlySet<string> = new Set(['指标解释与评分标准', '佐证'])

/** @param stamp id and hash of the statement that the answer was issued as; none for one that was not issued */
export function evaluationPage(answer: EvaluationAnswer, stamp: string | null = null): string {
  const title = titleOf(answer)
  return html`<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>${EVALUATION_STYLE}</head>
<body>
${answer.simulated ? html`<p class="simulated">${SIMULATED_HEADING}</p>` : null}
<h1>${title}</h1>
${facts(answer)}
${table(answer, stamp)}
${notes(answer)}
${review(answer, stamp)}
</body>
</html>
`.text
}

/** It may stand on a sheet of its own, so it says for itself what the figures are made of. */
function review({ simulated }: EvaluationAnswer, stamp: string | null): Html {
  return html`<div class="notes">${simulated ? html`<p class="lost">${SIMULATED_HEADING}</p>` : null}
${stamp === null ? null : html`<p class="small">${stamp}</p>`}
<p>复核意见：</p><div class="line"></div><div class="line"></div>
<div class="signatures"><span>评价人：</span><span>复核人：</span><span>负责人：</span><span>日期：</span></div></div>`
}

function titleOf({ profileName, year }: EvaluationAnswer): string {
  return `${profileName} ${year}年度绩效评价评分表`
}

function facts(answer: EvaluationAnswer): Html {
  const { score, provisionalScore, maxScore, grade, status, asOf } = answer
  const total = score === null ? `${provisionalScore}（暂计，尚有指标未计分）` : String(score)
  return html`<div class="facts">
<span>总分 <b>${total}</b> / ${maxScore}</span><span>等级 <b>${grade ?? '—'}</b></span>
<span>状态 ${STATUS_WORDS[status].zh}</span><span>截至 ${asOf ?? '尚无'}</span>
<span>统计期 ${answer.from} 至 ${answer.to}（不含）</span>
<span>方案 ${answer.profile}，版本 ${answer.profileVersion}，定义 ${answer.definitions}</span>
</div>`
}

/** The first row repeats on every sheet, and with it what the figures are made of. */
function table({ indicators, simulated }: EvaluationAnswer, stamp: string | null): Html {
  const heading = simulated
    ? html`<tr><th colspan="${TITLES.length}" class="lost">${SIMULATED_HEADING}</th></tr>`
    : null
  const stamped = stamp === null ? null : html`<tr><th colspan="${TITLES.length}" class="small">${stamp}</th></tr>`
  return html`<table>
<thead>${heading}${stamped}<tr>${TITLES.map((title) => (WIDE.has(title) ? html`<th class="wide">${title}</th>` : html`<th>${title}</th>`))}</tr></thead>
<tbody>${indicators.map((indicator, place) => row(indicator, place, indicators))}</tbody>
</table>`
}

function row(indicator: IndicatorAnswer, place: number, all: readonly IndicatorAnswer[]): Html {
  const { code, level3, weight, score, targetText, explanation, rule, reason } = indicator
  return html`<tr>
${level(indicator, place, all, 'level1')}${level(indicator, place, all, 'level2')}<td>${code} ${level3}</td>
<td class="number">${weight}</td><td class="number">${score ?? '—'}</td>
<td class="number">${targetText ?? '—'}</td><td class="number">${actual(indicator)}</td>
<td class="number">${published(indicator)}</td><td>${explanation}<div class="small">${rule}</div></td>
<td class="lost">${reason}</td><td class="small">${proof(indicator)}</td>
</tr>`
}

/** One cell for all neighbouring indicators of a level, with the sum of their weights. */
function level(
  indicator: IndicatorAnswer,
  place: number,
  all: readonly IndicatorAnswer[],
  name: 'level1' | 'level2',
): Html | null {
  const isSame = (other: IndicatorAnswer | undefined) =>
    other?.level1 === indicator.level1 && (name === 'level1' || other.level2 === indicator.level2)
  if (isSame(all[place - 1])) return null
  const end = all.findIndex((other, at) => at > place && !isSame(other))
  const members = all.slice(place, end === -1 ? all.length : end)
  const weight = members.reduce((sum, member) => sum + member.weight, 0)
  return html`<td class="level" rowspan="${members.length}">${indicator[name]}<div class="small">${weight}</div></td>`
}

function actual({ actualText, kpi, numerator, denominator }: IndicatorAnswer): Html {
  const counts = kpi === null ? null : html`<div class="small">${numerator} / ${denominator}</div>`
  return html`${actualText ?? '—'}${counts}`
}

function published({ published, differencePoints }: IndicatorAnswer): Html {
  if (published === null) return html`—`
  return html`${published.percent}%${differencePoints === null ? null : html`<div class="small">${inPoints(differencePoints)}</div>`}`
}

function inPoints(points: number): string {
  const size = Math.abs(points).toFixed(2)
  const side = Number(size) === 0 ? '差' : points > 0 ? '高' : '低'
  return `${side}${size}个百分点`
}

function proof({ source, judgedBy, evidence }: IndicatorAnswer): string {
  const by = judgedBy === null ? '' : `（${judgedBy}）`
  return `${source}${by}${evidence === null ? '' : `；证据${evidence}条记录`}`
}

function notes({ clause, indicators, seatsByMonth }: EvaluationAnswer): Html {
  const sources = [...new Set(indicators.flatMap(({ published }) => (published === null ? [] : [published.source])))]
  const seats = seatsByMonth.map(({ month, seats: count }) => `${month} ${count}席`).join('，')
  return html`<div class="notes small">
<p>合同条款：${clause.text}。见 ${clause.answer}。</p>
<p>逐月出现过接听的坐席数（坐席不等于人员，与在职人数并列供参考）：${seats === '' ? '无记录' : seats}。</p>
<p>公布值来源：${sources.length === 0 ? '无' : sources.join('；')}。比率之差以个百分点计。</p>
</div>`
}
