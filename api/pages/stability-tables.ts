/** The tables of a stability report: what is pooled, the single instances counted, and the worst of them with why. */
import type { PooledAnswer, StabilityAnswer } from '../answers/stability-shape.ts'
import { type Html, html } from './html.ts'
import {
  countText,
  inclusiveText,
  intervalText,
  momentText,
  percentText,
  signedPoints,
  spanText,
  verdictHtml,
} from './stability-words.ts'

/** Worst instances that one sheet has room for. */
const WORST_SHOWN = 8

/** The peaks of the whole period, then the special periods. */
export function pooledTable(answer: StabilityAnswer): Html {
  const peaks = answer.pooled.filter(({ span }) => span === answer.period)
  return html`<table>
<thead><tr><th>时段</th><th>场次</th><th>人工请求量</th><th>接通率</th><th>与总体之差<br>（个百分点）</th>
<th>${confidenceText(answer)}区间</th><th>其余时间<br>接通率（差）</th><th>不偏离所需<br>容许偏差</th><th>达到目标</th><th>判断</th></tr></thead>
<tbody>${peaks.map((window) => pooledRow(window, window.name.zh))}${answer.special.map((window) =>
    pooledRow(window, `${window.name.zh}（${inclusiveText(window.from!, window.to!)}）`),
  )}</tbody></table>`
}

function pooledRow(window: PooledAnswer, name: string): Html {
  const missing = window.noDataCount === 0 ? null : html`<span class="lost">（${window.noDataCount}无数据）</span>`
  const isHeld = window.verdict === 'stable' && window.noDataCount > 0
  return html`<tr><td class="whole">${name}</td><td class="number">${window.instancesCount}${missing}</td>
<td class="number">${countText(window.offeredCount)}</td><td class="number">${window.percent === null ? '—' : `${window.percent}%`}</td>
<td class="number">${signedPoints(window.deviationPoints)}</td><td class="number">${intervalText(window.lowerPoints, window.upperPoints)}</td>
<td class="number">${percentText(window.restRatio)}（${signedPoints(window.gapToRestPoints)}）</td>
<td class="number">${window.leastTolerancePoints === null ? '—' : window.leastTolerancePoints.toFixed(2)}</td>
<td class="whole">${window.metTarget === null ? '—' : window.metTarget ? '是' : '否'}</td>
<td class="whole">${isHeld ? html`<span class="lost">数据不全</span>` : verdictHtml(window.verdict)}</td></tr>`
}

/** A row per peak, a column per quarter and month: the difference, coloured by the verdict. */
export function matrixTable(answer: StabilityAnswer): Html {
  const spans = [...new Set(answer.pooled.map(({ span }) => span))].filter((span) => span !== answer.period)
  const cell = (period: string, span: string) => {
    const window = answer.pooled.find((candidate) => candidate.period === period && candidate.span === span)
    if (window === undefined || window.instancesCount === 0) return html`<td>—</td>`
    return html`<td class="${window.verdict}">${signedPoints(window.deviationPoints)}${window.noDataCount > 0 ? '*' : ''}</td>`
  }
  return html`<table class="matrix">
<thead><tr><th>与总体之差（个百分点）</th>${spans.map((span) => html`<th>${spanText(span)}</th>`)}</tr></thead>
<tbody>${answer.verdictCounts.map(
    ({ period, name }) => html`<tr><td class="whole">${name.zh}</td>${spans.map((span) => cell(period, span))}</tr>`,
  )}</tbody></table>
<p class="small">底色：<span class="deviates">红为偏离</span>，<span class="insufficient">黄为样本量不足</span>，无色为未偏离；* 其中有场次无数据。</p>`
}

/** How the single instances were found, and what that does and does not say. */
export function instancesTable({ verdictCounts }: StabilityAnswer): Html {
  return html`<table>
<thead><tr><th>单场</th><th>场次</th><th>未偏离</th><th>偏离</th><th>样本量不足</th><th>低于总体超过容许偏差</th><th>控制图低信号</th><th>无数据</th></tr></thead>
<tbody>${verdictCounts.map(
    (counts) => html`<tr><td class="whole">${counts.name.zh}</td><td class="number">${counts.instancesCount}</td>
<td class="number">${counts.stableCount}</td><td class="number">${counts.deviatesCount}</td><td class="number">${counts.insufficientCount}</td>
<td class="number">${counts.outsideToleranceCount}</td><td class="number">${counts.lowSignalCount}</td><td class="number">${counts.noDataCount}</td></tr>`,
  )}</tbody></table>
<p class="small">单场来电少，即使完全稳定，多数也只能判为样本量不足；结论以合并判断为准，单场以“低信号”和附表为线索。</p>`
}

export function worstTable({ worst }: StabilityAnswer): Html {
  if (worst.length === 0) return html`<p>没有低于总体的高峰场次。</p>`
  return html`<table>
<thead><tr><th>高峰场次</th><th>人工请求量</th><th>接通率</th><th>差</th><th>判断</th><th>未接通的去向与当时情况</th></tr></thead>
<tbody>${worst.slice(0, WORST_SHOWN).map(
    (instance) => html`<tr><td class="whole">${momentText(instance.startAt).slice(5)} ${instance.name.zh}</td>
<td class="number">${instance.offeredCount}</td><td class="number">${percentText(instance.ratio)}</td>
<td class="number">${signedPoints(instance.deviationPoints)}</td>
<td class="whole">${verdictHtml(instance.verdict)}${instance.signal === 'low' ? '，低信号' : ''}</td><td>${instance.why.zh}</td></tr>`,
  )}</tbody></table>`
}

function confidenceText({ confidence }: StabilityAnswer): string {
  return `${Number((100 * confidence).toPrecision(12))}%`
}
