import type { PeriodAnswer } from '../../../api/answers/period-answer.ts'
import { freshness } from '../answers/live.ts'
import { useStore } from '../answers/store.ts'
import { useSay } from '../language/language.ts'

const EMPTY = {
  zh: '这里还没有任何记录，所以各指标都没有值。放入记录的办法：',
  en: 'There are no records yet, so no figure has a value. Ways to put records in:',
}
const NONE_IN_PERIOD = {
  zh: '本期没有记录，所以各指标没有值。可在右上方另选统计期。',
  en: 'Nothing was recorded in this period, so no figure has a value. Choose another period at the top.',
}
const WAYS: readonly [string, { zh: string; en: string }][] = [
  ['npx steadyline import --calls FILE.csv --map MAP.yaml', { zh: '导入自己的话务导出', en: 'import your own export' }],
  ['npx steadyline replay --from DIR', { zh: '重放一份采集', en: 'replay a capture' }],
  ['npx steadyline up', { zh: '生成并计入一年的模拟数据', en: 'generate and count a synthetic year' }],
]

/** What to do where there is nothing to show. */
export function EmptyStore({ answer: { evidence } }: { answer: PeriodAnswer }) {
  const say = useSay()
  const now = useStore(freshness)
  if (evidence.calls + evidence.tickets > 0 || now === null) return null
  const isEmpty = now.answer.topics.every(({ partitions }) =>
    partitions.every(({ nextOffset }) => (nextOffset ?? 0) === 0),
  )
  if (!isEmpty) return <p class="notice">{say(NONE_IN_PERIOD)}</p>
  return (
    <div class="notice" data-empty>
      <p>{say(EMPTY)}</p>
      <ul>
        {WAYS.map(([command, what]) => (
          <li key={command}>
            <code>{command}</code> — {say(what)}
          </li>
        ))}
      </ul>
    </div>
  )
}
