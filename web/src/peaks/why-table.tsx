import type { WindowAnswer } from '../../../api/answers/window-answer.ts'
import { lengthText, percentText, signedPoints } from '../figures/figure-text.ts'
import { useSay } from '../language/language.ts'
import { DataTable } from '../parts/data-table.tsx'
import { changeText, meanText } from './usual-text.ts'

type Measure = keyof WindowAnswer['measures']

const TITLE = { zh: '与平时相比', en: 'Beside what is usual' }
const MEASURE = { zh: '项目', en: 'Measure' }
const NOW = { zh: '本场', en: 'This one' }
const USUAL = { zh: '平时', en: 'Usual' }
const CHANGE = { zh: '变化', en: 'Change' }
const CAUSE = { zh: '主要原因', en: 'largest cause' }
const NOTHING_ALIKE = { zh: '前8周没有可比的时段。', en: 'The 8 weeks before have nothing to compare it with.' }
const NAMES: Readonly<Record<Measure, { zh: string; en: string }>> = {
  ratio: { zh: '接通率', en: 'Connection rate' },
  offeredCount: { zh: '人工请求', en: 'Calls offered' },
  seatsAnsweringCount: { zh: '接听坐席', en: 'Seats answering' },
  meanHandlingMs: { zh: '平均通话时长', en: 'Mean time of a call' },
  meanWaitMs: { zh: '平均等待', en: 'Mean wait' },
  redialsCount: { zh: '重复来电', en: 'People calling again' },
}
const ORDER: readonly Measure[] = [
  'ratio',
  'offeredCount',
  'seatsAnsweringCount',
  'meanHandlingMs',
  'meanWaitMs',
  'redialsCount',
]
const MEASURE_OF_CAUSE: Readonly<Record<string, Measure>> = {
  'more-calls': 'offeredCount',
  'fewer-seats': 'seatsAnsweringCount',
  'longer-handling': 'meanHandlingMs',
}

/** The numbers that explain a rate: this window's and the usual ones. */
export function WhyTable({ window: { measures, cause, comparedWith } }: { window: WindowAnswer }) {
  const say = useSay()
  const days =
    comparedWith.dayClass === 'workday'
      ? { zh: '工作日', en: 'workdays' }
      : comparedWith.dayClass === 'offday'
        ? { zh: '休息日', en: 'days off' }
        : { zh: '同类日', en: 'days alike' }
  return (
    <section class="panel" aria-labelledby="why">
      <header class="panel-head">
        <h2 id="why">{say(TITLE)}</h2>
      </header>
      <p class="quiet">
        {comparedWith.windowsCount === 0
          ? say(NOTHING_ALIKE)
          : say({
              zh: `平时：前${comparedWith.weeks}周${comparedWith.windowsCount}个${days.zh}同时段的平均。`,
              en: `Usual: mean of the same time on ${comparedWith.windowsCount} ${days.en} in the ${comparedWith.weeks} weeks before.`,
            })}
      </p>
      <DataTable
        caption={say(TITLE)}
        rows={ORDER}
        keyOf={(measure) => measure}
        columns={[
          {
            head: say(MEASURE),
            isRowHead: true,
            cell: (measure) => (
              <>
                {say(NAMES[measure])}
                {MEASURE_OF_CAUSE[cause] === measure ? <span class="mark bad">◀ {say(CAUSE)}</span> : null}
              </>
            ),
          },
          {
            head: say(NOW),
            kind: 'number',
            cell: (measure) => <b data-measure={measure}>{written(measure, measures[measure].value)}</b>,
          },
          { head: say(USUAL), kind: 'number', cell: (measure) => written(measure, measures[measure].usual) },
          { head: say(CHANGE), kind: 'number', cell: (measure) => changed(measure, measures[measure]) },
        ]}
      />
    </section>
  )
}

function written(measure: Measure, value: number | null): string {
  if (measure === 'ratio') return percentText(value)
  return measure === 'meanHandlingMs' || measure === 'meanWaitMs' ? lengthText(value) : meanText(value)
}

/** A rate changes by points, all else by a share of what is usual. */
function changed(measure: Measure, { value, usual }: { value: number | null; usual: number | null }): string {
  if (measure !== 'ratio') return changeText(value, usual)
  return value === null || usual === null ? changeText(null, null) : signedPoints(100 * (value - usual))
}
