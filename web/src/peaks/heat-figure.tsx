import type { HeatmapAnswer } from '../../../api/answers/heatmap-answer.ts'
import { ask, useAddress } from '../address/address.ts'
import { useProfile } from '../answers/profile.ts'
import { useAnswer } from '../answers/use-answer.ts'
import { countText, NOTHING, percentText } from '../figures/figure-text.ts'
import { WEEKDAY_WORDS } from '../figures/weekday-words.ts'
import { useSay } from '../language/language.ts'
import { Answered } from '../parts/answered.tsx'
import { DataTable } from '../parts/data-table.tsx'
import { Figure } from '../parts/figure.tsx'
import { HeatMap } from '../parts/heat-map.tsx'
import { askedPath, chosenOf } from './asked-peaks.ts'
import { ANSWERED, OFFERED, RATE } from './peak-words.ts'

const TITLE = { zh: '每周各小时接通率', en: 'Connection rate by hour and weekday' }
const DAYS = ['all', 'workday', 'offday'] as const
const DAYS_WORDS = {
  all: { zh: '全部日子', en: 'All days' },
  workday: { zh: '工作日', en: 'Workdays' },
  offday: { zh: '休息日', en: 'Days off' },
}
const WHICH = { zh: '计入的日子', en: 'Days that are counted' }
const NOTE = { zh: '格内：接通率、人工请求数；', en: 'In each cell the rate and the calls; ' }
const OVERALL = { zh: '总体', en: 'overall' }
const HOUR = { zh: '时间', en: 'Hour' }
const WEEKDAY = { zh: '星期', en: 'Weekday' }
const ENOUGH = { zh: '样本', en: 'Calls enough' }
const YES = { zh: '足够', en: 'yes' }
const TOO_FEW = { zh: '过少', en: 'too few' }
const RANGE = { zh: '区间', en: 'Interval' }

/** @param from days of the map, `to` out, or instants of the period */
export function HeatFigure({ from, to }: { from: string; to: string }) {
  const say = useSay()
  const { query } = useAddress()
  const { stability } = useProfile()
  const days = chosenOf(query, 'days', DAYS)
  const answer = useAnswer<HeatmapAnswer>(askedPath('/v1/heatmap', query, { from, to, days }))
  const few = answer.value?.callsMin ?? null
  return (
    <Figure
      id="heatmap"
      title={say(TITLE)}
      note={
        answer.value === null ? undefined : (
          <>
            {say(NOTE)}
            {say(OVERALL)}{' '}
            <b data-heat-overall>
              {answer.value.overall.percent === null ? NOTHING : `${answer.value.overall.percent}%`}
            </b>{' '}
            ({countText(answer.value.overall.offeredCount)}){' · '}
            {few === null
              ? say({
                  zh: '来电过少或全部接通，各格不作比较',
                  en: 'too few calls, or all answered: cells are not compared',
                })
              : say({ zh: `斜纹：少于${few}件，不作比较`, en: `hatched: fewer than ${few} calls, not compared` })}
          </>
        )
      }
      controls={
        <fieldset class="switch">
          <legend class="unseen">{say(WHICH)}</legend>
          {DAYS.map((choice) => (
            <button
              key={choice}
              type="button"
              aria-pressed={choice === days}
              onClick={() => ask({ days: choice === 'all' ? null : choice })}
            >
              {say(DAYS_WORDS[choice])}
            </button>
          ))}
        </fieldset>
      }
      chart={
        <Answered answer={answer}>
          {(heat) => <HeatMap heat={heat} tolerancePoints={stability.tolerancePoints} />}
        </Answered>
      }
      table={
        <Answered answer={answer}>
          {({ cells }) => (
            <DataTable
              caption={say(TITLE)}
              rows={cells}
              keyOf={({ weekday, hour }) => `${weekday} ${hour}`}
              columns={[
                { head: say(WEEKDAY), cell: ({ weekday }) => say(WEEKDAY_WORDS[weekday]), isRowHead: true },
                { head: say(HOUR), cell: ({ hour }) => `${hourText(hour)}–${hourText(hour + 1)}` },
                { head: say(OFFERED), kind: 'number', cell: ({ offeredCount }) => countText(offeredCount) },
                { head: say(ANSWERED), kind: 'number', cell: ({ answeredCount }) => countText(answeredCount) },
                {
                  head: say(RATE),
                  kind: 'number',
                  cell: ({ percent }) => (percent === null ? NOTHING : `${percent}%`),
                },
                {
                  head: say(RANGE),
                  kind: 'number',
                  cell: ({ lower, upper }) =>
                    lower === null ? NOTHING : `${percentText(lower, 1)} – ${percentText(upper, 1)}`,
                },
                { head: say(ENOUGH), cell: ({ hasEnoughCalls }) => say(hasEnoughCalls ? YES : TOO_FEW) },
              ]}
            />
          )}
        </Answered>
      }
    />
  )
}

function hourText(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`
}
