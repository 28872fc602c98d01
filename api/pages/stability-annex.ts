/** The annex of a stability report: the control charts, and every instance. */
import type { InstanceAnswer } from '../answers/instance-answer.ts'
import type { StabilityAnswer } from '../answers/stability-shape.ts'
import { type Html, html } from './html.ts'
import { countText, intervalText, momentText, percentText, signedPoints, verdictHtml } from './stability-words.ts'

export function chartsOf(answer: StabilityAnswer): Html {
  const named = new Map(answer.verdictCounts.map(({ period, name }) => [period, name.zh]))
  return html`${answer.charts
    .filter(({ points }) => points.some(({ ratio }) => ratio !== null))
    .map(
      (
        chart,
      ) => html`<h2>${named.get(chart.period) ?? chart.period}：p′ 控制图（中心线 ${percentText(chart.meanRatio)}，σz ${chart.sigmaZ.toFixed(2)}）</h2>
${chartSvg(chart, answer, `${named.get(chart.period) ?? chart.period}每场接通率的控制图，各场数值见下表`)}`,
    )}
<p class="small">点为每场接通率，红点为低信号（来电少于标记所需次数的为空心）；灰带为 p′ 控制限；虚线为合同目标${answer.target === null ? '（无）' : ` ${Number((100 * answer.target).toPrecision(12))}%`}，点线为国标连续24小时要求 95%。三条线含义不同，不可互相代替。</p>`
}

const WIDTH = 720
const HEIGHT = 130
const LEFT = 34
const BOTTOM = 14

function chartSvg(
  { points, callsToFlag }: StabilityAnswer['charts'][number],
  { target }: StabilityAnswer,
  label: string,
): Html {
  const ratios = points.flatMap(({ ratio }) => (ratio === null ? [] : [ratio]))
  const least = Math.floor(Math.min(...ratios, 0.94) * 20) / 20
  const x = (at: number) => (LEFT + ((WIDTH - LEFT - 4) * at) / Math.max(1, points.length - 1)).toFixed(1)
  const y = (ratio: number) => (4 + ((HEIGHT - BOTTOM - 8) * (1 - Math.max(ratio, least))) / (1 - least)).toFixed(1)
  const limited = points.map((point, at) => ({ ...point, at })).filter(({ lower }) => lower !== null)
  const band = [
    ...limited.map(({ at, upper }) => `${x(at)},${y(upper!)}`),
    ...limited.toReversed().map(({ at, lower }) => `${x(at)},${y(lower!)}`),
  ].join(' ')
  const line = (ratio: number, dash: string) =>
    ratio < least
      ? null
      : html`<line x1="${LEFT}" x2="${WIDTH}" y1="${y(ratio)}" y2="${y(ratio)}" stroke="#555" stroke-dasharray="${dash}"/>`
  const ticks = [least, (1 + least) / 2, 1]
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}" font-size="9">
<polygon points="${band}" fill="#ddd"/>
${ticks.map((tick) => html`<text x="${LEFT - 3}" y="${Number(y(tick)) + 3}" text-anchor="end">${(100 * tick).toFixed(1)}%</text>`)}
${line(0.95, '1 3')}${target === null ? null : line(target, '6 4')}
${points.map(({ ratio, signal, offeredCount }, at) => {
  if (ratio === null) return html``
  if (signal === 'none') return html`<circle cx="${x(at)}" cy="${y(ratio)}" r="1.3" fill="#1a4a8a"/>`
  const isFlagged = callsToFlag !== null && offeredCount >= callsToFlag
  return html`<circle cx="${x(at)}" cy="${y(ratio)}" r="2.4" stroke="#b00020" fill="${isFlagged ? '#b00020' : '#fff'}"/>`
})}
<text x="${LEFT}" y="${HEIGHT - 2}">${points[0]!.date}</text><text x="${WIDTH}" y="${HEIGHT - 2}" text-anchor="end">${points.at(-1)!.date}</text>
</svg>`
}

const COVERAGE: Record<InstanceAnswer['coverage'], string> = {
  received: '',
  'no-data': '无数据',
  unknown: '无从比较',
  open: '未结束',
}

/** Heads every sheet of the annex again, simulated data too. */
export function instancesAnnex(
  answer: StabilityAnswer,
  instances: readonly InstanceAnswer[],
  heading: string | null,
): Html {
  const names = new Map([...answer.verdictCounts, ...answer.special].map(({ period, name }) => [period, name.zh]))
  const titles = [
    '开始',
    '时段',
    '人工请求',
    '接通',
    '放弃',
    '无坐席',
    '流出',
    '故障',
    '其他',
    '等待秒',
    '接通率',
    '差',
    '区间',
    '判断',
    '信号',
    '数据',
  ]
  return html`<table>
<thead>${heading === null ? null : html`<tr><th colspan="${titles.length}" class="lost">${heading}</th></tr>`}
<tr>${titles.map((title) => html`<th>${title}</th>`)}</tr></thead>
<tbody>${instances.map(
    (
      row,
    ) => html`<tr><td class="whole">${momentText(row.startAt)}</td><td class="whole">${names.get(row.period) ?? row.period}</td>
${[row.offeredCount, row.answeredCount, row.abandonedCount, row.noSeatCount, row.flowedOutCount, row.failedCount, row.otherCount].map((count) => html`<td class="number">${countText(count)}</td>`)}
<td class="number">${row.meanWaitMs === null ? '—' : (row.meanWaitMs / 1000).toFixed(1)}</td><td class="number">${percentText(row.ratio)}</td>
<td class="number">${signedPoints(row.deviationPoints)}</td><td class="number">${intervalText(row.lowerPoints, row.upperPoints)}</td>
<td class="whole">${verdictHtml(row.verdict)}</td><td>${row.signal === 'low' ? '低' : ''}</td><td class="lost whole">${COVERAGE[row.coverage]}</td></tr>`,
  )}</tbody></table>`
}
