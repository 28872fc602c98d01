import type { SeatsResult, WhatIfResult } from '../../../api/answers/plan-answer.ts'
import type { ChartColours } from '../design/chart-colours.ts'
import { useLanguage, useSay } from '../language/language.ts'
import { Chart } from '../parts/chart.tsx'
import { DataTable } from '../parts/data-table.tsx'
import { saveCsv } from '../parts/download.tsx'
import type { ChartOption } from '../parts/echarts.ts'
import { Figure } from '../parts/figure.tsx'
import { OFFDAY, quarterText, WORKDAY } from './plan-words.ts'
import { rosterOf } from './result-cost.ts'
import { rosterCsv, type Stretch, stretchesOf } from './roster-stretches.ts'

const TITLE = { zh: '排班：各时段坐席', en: 'Roster: seats by time of day' }
const TIME = { zh: '时段', en: 'Time' }
const SAVE = { zh: '排班 CSV', en: 'Roster as CSV' }

/** The roster that was played, workdays beside days off. */
export function RosterFigure({ result }: { result: WhatIfResult | SeatsResult }) {
  const say = useSay()
  const language = useLanguage()
  const roster = rosterOf(result)
  const words = { workday: say(WORKDAY), offday: say(OFFDAY) }
  const stretches = stretchesOf(roster)
  return (
    <Figure
      id="roster"
      title={say(TITLE)}
      note={say({
        zh: '同类日子坐席不一时取中位数。',
        en: 'Where days of a class differ in seats, their median.',
      })}
      controls={
        <button
          type="button"
          class="plan-small no-print"
          onClick={() => saveCsv(rosterCsv(roster, result.simulated), 'roster.csv')}
        >
          {say(SAVE)}
        </button>
      }
      chart={
        <Chart
          label={`${say(TITLE)}: ${stretches.map(({ from, to, workday, offday }) => `${from}–${to} ${workday} / ${offday}`).join(', ')}`}
          height={190}
          of={[roster, language]}
          option={(colours) => rosterOption(roster, words, colours)}
        />
      }
      table={
        <DataTable<Stretch>
          caption={say(TITLE)}
          rows={stretches}
          keyOf={({ from }) => from}
          columns={[
            { head: say(TIME), cell: ({ from, to }) => `${from}–${to}`, isRowHead: true },
            { head: words.workday, kind: 'number', cell: ({ workday }) => workday },
            { head: words.offday, kind: 'number', cell: ({ offday }) => offday },
          ]}
        />
      }
    />
  )
}

function rosterOption(
  { workday, offday }: WhatIfResult['staffing']['roster'],
  words: { workday: string; offday: string },
  colours: ChartColours,
): ChartOption {
  const step = { type: 'line', step: 'end', symbol: 'none' } as const
  return {
    legend: { top: 0, textStyle: { color: colours.quiet } },
    grid: { left: 8, right: 16, top: 30, bottom: 8, containLabel: true },
    xAxis: {
      type: 'category',
      boundaryGap: false,
      data: [...workday.map((_, quarter) => quarterText(quarter)), '24:00'],
      axisLabel: { color: colours.quiet, interval: (place) => place % 12 === 0 },
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colours.line } },
    },
    yAxis: {
      type: 'value',
      minInterval: 1,
      axisLabel: { color: colours.quiet },
      splitLine: { lineStyle: { color: colours.line } },
    },
    tooltip: { trigger: 'axis' },
    series: [
      {
        ...step,
        name: words.workday,
        data: [...workday, workday.at(-1)!],
        lineStyle: { color: colours.accent, width: 2 },
        itemStyle: { color: colours.accent },
      },
      {
        ...step,
        name: words.offday,
        data: [...offday, offday.at(-1)!],
        lineStyle: { color: colours.target, width: 2, type: 'dashed' },
        itemStyle: { color: colours.target },
      },
    ],
  }
}
