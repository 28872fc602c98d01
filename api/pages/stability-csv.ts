import { VERDICT_WORDS } from '../../kpi/verdict-words.ts'
import { type CsvCell, csvText } from '../../schemas/csv-text.ts'
import type { InstanceAnswer } from '../answers/instance-answer.ts'
import type { StabilityReport } from '../judged/stability-report.ts'
import { SIMULATED_HEADING } from './simulated-heading.ts'

const COVERAGE_WORDS: Record<InstanceAnswer['coverage'], string> = {
  received: '有数据',
  'no-data': '无数据',
  unknown: '无从比较',
  open: '未结束',
}

const COLUMNS: readonly [string, (row: InstanceAnswer) => CsvCell][] = [
  ['场次', ({ id }) => id],
  ['时段', ({ period }) => period],
  ['类别', ({ kind }) => (kind === 'peak' ? '高峰' : '特殊时期')],
  ['日期', ({ date }) => date],
  ['开始', ({ startAt }) => startAt],
  ['结束（不含）', ({ endAt }) => endAt],
  ['人工请求量', ({ offeredCount }) => offeredCount],
  ['接通量', ({ answeredCount }) => answeredCount],
  ['放弃', ({ abandonedCount }) => abandonedCount],
  ['无坐席', ({ noSeatCount }) => noSeatCount],
  ['流出', ({ flowedOutCount }) => flowedOutCount],
  ['系统故障', ({ failedCount }) => failedCount],
  ['其他', ({ otherCount }) => otherCount],
  ['平均等待（毫秒）', ({ meanWaitMs }) => (meanWaitMs === null ? null : Math.round(meanWaitMs))],
  ['接通率', ({ ratio }) => ratio],
  ['与总体之差（个百分点）', ({ deviationPoints }) => deviationPoints],
  ['区间下限（个百分点）', ({ lowerPoints }) => lowerPoints],
  ['区间上限（个百分点）', ({ upperPoints }) => upperPoints],
  ['在容许偏差内', ({ withinTolerance }) => (withinTolerance === null ? null : withinTolerance ? '是' : '否')],
  ['判断', ({ verdict }) => VERDICT_WORDS[verdict].zh],
  ['判断所需人工请求量', ({ callsForVerdict }) => callsForVerdict],
  ['控制图信号', ({ signal }) => (signal === 'low' ? '低' : null)],
  ['校正后的p值', ({ adjustedP }) => adjustedP],
  ['数据', ({ coverage }) => COVERAGE_WORDS[coverage]],
  ['证据记录数', ({ evidence }) => evidence],
]

/** The instances as a table for people; the first rows say what it is and what it is held against. */
export function stabilityCsv({ answer, instances }: StabilityReport, { hasByteOrderMark = false } = {}): string {
  const heading: CsvCell[][] = [
    ...(answer.simulated ? [[SIMULATED_HEADING]] : []),
    [answer.sentence.zh],
    ['方案', answer.profile, '版本', answer.profileVersion, '定义', answer.definitions, '截至', answer.asOf ?? '尚无'],
  ]
  return csvText(
    [
      ...heading,
      COLUMNS.map(([title]) => title),
      ...instances().map((instance) => COLUMNS.map(([, cellOf]) => cellOf(instance))),
    ],
    { hasByteOrderMark },
  )
}
