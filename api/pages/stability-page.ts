/** The stability report as one sheet of A4 that can be handed over, and an annex of charts and instances. */
import { STATUS_WORDS } from '../../kpi/status-words.ts'
import type { StabilityAnswer } from '../answers/stability-shape.ts'
import type { StabilityReport } from '../judged/stability-report.ts'
import { type Html, html } from './html.ts'
import { SIMULATED_HEADING } from './simulated-heading.ts'
import { chartsOf, instancesAnnex } from './stability-annex.ts'
import { STABILITY_STYLE } from './stability-style.ts'
import { instancesTable, matrixTable, pooledTable, worstTable } from './stability-tables.ts'
import { countText, momentText, percentText, pointsInWords } from './stability-words.ts'

export function stabilityPage({ answer, instances }: StabilityReport): string {
  const title = titleOf(answer)
  const heading = answer.simulated ? SIMULATED_HEADING : null
  return html`<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>${STABILITY_STYLE}</head>
<body>
${simulated(heading)}
<h1>${title}</h1>
${facts(answer)}
<div class="sentence"><p>${answer.sentence.zh}</p><p class="small">${answer.sentence.en}</p></div>
${readings(answer)}
<h2>各高峰与特殊时期（合并判断，基准：${answer.basis === 'year' ? '全年' : '全季'}全部人工请求）</h2>
${pooledTable(answer)}
${matrixTable(answer)}
<h2>单场高峰</h2>
${instancesTable(answer)}
<h2>最低的高峰场次及原因</h2>
${worstTable(answer)}
<h2>连续性</h2>
${continuity(answer)}
${notes(answer)}
<section class="annex">
${simulated(heading)}
<h1>附表：控制图与全部场次</h1>
${chartsOf(answer)}
${instancesAnnex(answer, instances(), heading)}
</section>
</body>
</html>
`.text
}

function simulated(heading: string | null): Html | null {
  return heading === null ? null : html`<p class="simulated">${heading}</p>`
}

function titleOf({ profileName, period }: StabilityAnswer): string {
  const quarter = period.includes('Q') ? `第${period.slice(6)}季度` : ''
  return `${profileName.zh}：${period.slice(0, 4)}年${quarter}高峰时段接通率稳定性报告`
}

function facts(answer: StabilityAnswer): Html {
  const part = [
    answer.line === null ? null : `线路 ${answer.line}`,
    answer.region === null ? null : `区域 ${answer.region === '' ? '未知' : answer.region}`,
  ].filter((words) => words !== null)
  return html`<div class="facts"><span>${momentText(answer.from)} 至 ${momentText(answer.to)}（不含），${answer.timeZone}</span>
<span>${part.length === 0 ? '全部线路与区域' : part.join('，')}</span><span>状态 ${STATUS_WORDS[answer.status].zh}</span>
<span>截至 ${answer.asOf === null ? '尚无' : momentText(answer.asOf)}</span>
<span>方案 ${answer.profile}，版本 ${answer.profileVersion}，定义 ${answer.definitions}，证据 ${countText(answer.evidence.calls)} 条记录</span></div>`
}

/** The two readings of 总体指标 side by side: the overall rate, with a tolerance, and the target. */
function readings(answer: StabilityAnswer): Html {
  const { overall, tolerancePoints, target, definition } = answer
  const rate = `${overall.percent === null ? '—' : `${overall.percent}%`}（${countText(overall.answeredCount)} / ${countText(overall.offeredCount)}）`
  return html`<table>
<tr><th class="whole">定义</th><td>接通率 = 接通量 ÷ 人工请求量。人工请求量：${answer.base.zh}；短时放弃${
    definition.shortAbandonMsMax === 0 ? '不剔除' : `不超过 ${definition.shortAbandonMsMax} 毫秒者剔除并单列`
  }。按来电到达时刻归入时段。</td></tr>
<tr><th class="whole">总体指标之一：总体接通率</th><td>${rate}。各时段低于总体不超过 ${tolerancePoints} 个百分点为不偏离；区间为部分对整体的 Newcombe 区间，置信度 ${Number((100 * answer.confidence).toPrecision(12))}%，合并判断${answer.overdispersion === 'laney' ? '按 Laney σz 计入过离散' : '不计过离散'}。</td></tr>
<tr><th class="whole">总体指标之二：合同目标</th><td>${
    target === null
      ? '合同未定目标。'
      : `${Number((100 * target).toPrecision(12))}%，总体${overall.metTarget === null ? '无从判断' : overall.metTarget ? '达到' : '未达到'}；各时段是否达到见下表。`
  }</td></tr>
</table>`
}

function continuity(answer: StabilityAnswer): Html {
  const { rolling24Hours: low, continuity: found, coverage, busyHours } = answer
  const silence = found.longestSilence
  const lines = [
    low === null
      ? '连续24小时接通率：无从计算。'
      : `连续24小时接通率最低 ${low.percent}%（${low.answeredCount} / ${low.offeredCount}，${momentText(low.startAt)} 起），国标 GB/T 33358-2016 要求 95%：${low.met ? '达到' : '未达到'}。`,
    `数据覆盖：${
      coverage.noDataCount === 0
        ? '各场高峰与特殊时期均有数据'
        : `${coverage.noDataCount} 场无数据（${coverage.noData
            .slice(0, 5)
            .map(({ id }) => id)
            .join('、')}${coverage.noDataCount > 5 ? ' 等' : ''}）`
    }；最长无记录 ${silence === null ? '无' : `${silence.minutes} 分钟（${momentText(silence.startAt)} 起）`}；有人工请求而无一接通的小时 ${found.unansweredHoursCount} 个。`,
    `记录：话务记录 ${countText(found.recordsCount)} 条，晚于通话结束一天以上的 ${countText(found.lateRecordsCount)} 条（${percentText(found.lateRatio)}，其中 ${countText(found.lateAmendmentsCount)} 条为后续更正）；受理工单 ${countText(found.acceptedTicketsCount)} 件，所指话务无记录的 ${countText(found.ticketsOfUnknownCallsCount)} 件。`,
    busyHours.timeConsistent === null
      ? ''
      : `忙时：${busyHours.timeConsistent.from}–${busyHours.timeConsistent.to}，平均每日 ${busyHours.timeConsistent.meanOfferedCount.toFixed(1)} 件；所列高峰含全部人工请求的 ${percentText(busyHours.shareInPeaks)}${
          busyHours.busiestOutside === null
            ? ''
            : `，高峰以外最忙为 ${busyHours.busiestOutside.from}–${busyHours.busiestOutside.to}（${busyHours.busiestOutside.meanOfferedCount.toFixed(1)} 件）`
        }。`,
  ]
  return html`${lines.filter((line) => line !== '').map((line) => html`<p>${line}</p>`)}`
}

function notes(answer: StabilityAnswer): Html {
  const marks = answer.notes.map(({ from, to, text }) => html`<p>${from} 至 ${to}：${text.zh}</p>`)
  const unknown =
    answer.unknownYears.length === 0
      ? null
      : html`<p class="lost">${answer.unknownYears.join('、')} 年放假安排未公布，工作日与休息日高峰未列入。</p>`
  const worst = answer.worst[0]
  const least =
    worst === undefined
      ? null
      : html`<p class="small">最低一场 ${worst.id} ${pointsInWords(worst.deviationPoints)}。比率之差一律以个百分点计；平台之前被阻断的来电没有记录，不在基数内。</p>`
  return html`${marks.length === 0 ? null : html`<h2>备注</h2>${marks}`}${unknown}${least}`
}
