import type { StabilityAnswer } from '../../../api/answers/stability-shape.ts'
import { ask, useAddress } from '../address/address.ts'
import { Link } from '../address/link.tsx'
import { useNames } from '../answers/profile.ts'
import { countText, percentText, targetText } from '../figures/figure-text.ts'
import { useSay } from '../language/language.ts'
import { DataTable } from '../parts/data-table.tsx'
import { Figure } from '../parts/figure.tsx'
import { type AskedDays, chosenOf, windowPath } from './asked-peaks.ts'
import { ControlChart } from './control-chart.tsx'
import { DATE, NO_DATA, OFFERED, RATE } from './peak-words.ts'

/** GB/T 33358-2016: the rate over any 24 hours, drawn beside single peaks as what it is, another line. */
const STANDARD_RATIO = 0.95

const TITLE = { zh: 'p′控制图：各场高峰', en: 'p′ chart: every instance of a peak' }
const WHICH = { zh: '高峰', en: 'Peak' }
const LOWER = { zh: '控制下限', en: 'Lower limit' }
const UPPER = { zh: '控制上限', en: 'Upper limit' }
const SIGNAL = { zh: '信号', en: 'Signal' }
const LOW = { zh: '▼ 低于控制限', en: '▼ below limits' }

interface ControlFigureProps {
  stability: StabilityAnswer
  /** Days that are looked at. */
  days: AskedDays
}

/** One peak's instances along the days, with what they are measured by. Dragging chooses days, a click opens an instance. */
export function ControlFigure({ stability, days }: ControlFigureProps) {
  const say = useSay()
  const names = useNames()
  const { query } = useAddress()
  const { charts, target, coverage, notes } = stability
  if (charts.length === 0) return null
  const peak = chosenOf(
    query,
    'peak',
    charts.map(({ period }) => period),
  )
  const chart = charts.find(({ period }) => period === peak)!
  const noData = new Set(coverage.noData.map(({ id }) => id))
  const points = chart.points
    .filter(({ date }) => days.from <= date && date < days.to)
    .map((point) => ({ ...point, id: `${peak}@${point.date}`, isSilent: noData.has(`${peak}@${point.date}`) }))
  return (
    <Figure
      id="control"
      title={say(TITLE)}
      note={say({
        zh: `均值${percentText(chart.meanRatio)}，σz ${chart.sigmaZ.toFixed(2)}；控制限随来电数变化。拖动选择日期，点击看该场。目标${targetText(target)}、国标${targetText(STANDARD_RATIO)}（任意连续24小时）与控制限是三种不同的线。`,
        en: `Mean ${percentText(chart.meanRatio)}, σz ${chart.sigmaZ.toFixed(2)}; limits follow the number of calls. Drag to choose days, click to open one. Target ${targetText(target)}, national standard ${targetText(STANDARD_RATIO)} (any 24 hours) and limits are three different lines.`,
      })}
      controls={
        <fieldset class="switch">
          <legend class="unseen">{say(WHICH)}</legend>
          {charts.map(({ period }) => (
            <button key={period} type="button" aria-pressed={period === peak} onClick={() => ask({ peak: period })}>
              {names.window(period)}
            </button>
          ))}
        </fieldset>
      }
      chart={
        <ControlChart
          name={names.window(peak)}
          points={points}
          days={days}
          meanRatio={chart.meanRatio}
          targetRatio={target}
          standardRatio={STANDARD_RATIO}
          notes={notes}
        />
      }
      table={
        <DataTable
          caption={`${say(TITLE)}: ${names.window(peak)}`}
          rows={points}
          keyOf={({ date }) => date}
          columns={[
            {
              head: say(DATE),
              cell: ({ id, date }) => <Link to={windowPath(id, query)}>{date}</Link>,
              isRowHead: true,
            },
            { head: say(OFFERED), kind: 'number', cell: ({ offeredCount }) => countText(offeredCount) },
            {
              head: say(RATE),
              kind: 'number',
              cell: ({ ratio, isSilent }) => (isSilent ? <b class="bad">{say(NO_DATA)}</b> : percentText(ratio)),
            },
            { head: say(LOWER), kind: 'number', cell: ({ lower }) => percentText(lower) },
            { head: say(UPPER), kind: 'number', cell: ({ upper }) => percentText(upper) },
            {
              head: say(SIGNAL),
              cell: ({ signal }) => (signal === 'low' ? <span class="mark bad">{say(LOW)}</span> : null),
            },
          ]}
        />
      }
    />
  )
}
