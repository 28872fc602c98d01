/** A statement 定版报表 as a page to print. Id and hash head every sheet, so that one sheet alone can be checked. */
import { STATUS_WORDS } from '../../kpi/status-words.ts'
import type { StatementAnswer } from '../answers/statement-answer.ts'
import { evaluationPage } from './evaluation-page.ts'
import { EVALUATION_STYLE } from './evaluation-style.ts'
import { type Html, html } from './html.ts'
import { SIMULATED_HEADING } from './simulated-heading.ts'

const TITLES = ['指标', '实际值', '分子 / 分母', '目标值', '是否达标', '公布值', '状态', '口径']

/** Of a year the scorecard, else the KPIs of the period. */
export function statementPage(statement: StatementAnswer): string {
  const stamp = `定版报表 ${statement.id} · SHA-256 ${statement.sha256}`
  return statement.evaluation === null ? kpiPage(statement, stamp) : evaluationPage(statement.evaluation, stamp)
}

function kpiPage(statement: StatementAnswer, stamp: string): string {
  const { simulated, profileName, period } = statement
  const title = `${profileName} ${period} 定版报表`
  return html`<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>${EVALUATION_STYLE}</head>
<body>
${simulated ? html`<p class="simulated">${SIMULATED_HEADING}</p>` : null}
<h1>${title}</h1>
${facts(statement)}
<table>
<thead>${simulated ? html`<tr><th colspan="${TITLES.length}" class="lost">${SIMULATED_HEADING}</th></tr>` : null}
<tr><th colspan="${TITLES.length}" class="small">${stamp}</th></tr>
<tr>${TITLES.map((word) => html`<th>${word}</th>`)}</tr></thead>
<tbody>${statement.kpis.map(row)}</tbody>
</table>
<div class="notes"><div class="signatures"><span>编制人：</span><span>复核人：</span><span>负责人：</span><span>日期：</span></div></div>
</body>
</html>
`.text
}

function facts({
  status,
  from,
  to,
  lastEmittedAt,
  profile,
  profileVersion,
  definitions,
  evidence,
}: StatementAnswer): Html {
  return html`<div class="facts">
<span>状态 <b>${STATUS_WORDS[status].zh}</b></span><span>统计期 ${from} 至 ${to}（不含）</span>
<span>截至 ${lastEmittedAt ?? '尚无'}</span><span>方案 ${profile}，版本 ${profileVersion}，定义 ${definitions}</span>
<span>证据：话务${evidence.calls}条，工单${evidence.tickets}条，期外受理、期内应办结的工单${evidence.dueTickets}条</span>
</div>`
}

function row(kpi: StatementAnswer['kpis'][number]): Html {
  const { nameZh, percent, numerator, denominator, target, met, published, status, base } = kpi
  return html`<tr>
<td>${nameZh}</td><td class="number">${percent === null ? '—' : `${percent}%`}</td>
<td class="number">${numerator} / ${denominator}</td>
<td class="number">${target === null ? '—' : `${Number((100 * target).toFixed(6))}%`}</td>
<td>${met === null ? '—' : met ? '达标' : '未达标'}</td>
<td class="number">${published === null ? '—' : `${published.percent}%`}</td>
<td>${STATUS_WORDS[status].zh}</td><td class="small">${base.zh}</td>
</tr>`
}
