import type { WhatIfResult } from '../../../api/answers/plan-answer.ts'
import type { ChartColours } from '../design/chart-colours.ts'
import { countText, percentText, signedPoints } from '../figures/figure-text.ts'
import { useLanguage, useSay } from '../language/language.ts'
import { Chart } from '../parts/chart.tsx'
import { DataTable } from '../parts/data-table.tsx'
import type { ChartOption } from '../parts/echarts.ts'
import { Figure } from '../parts/figure.tsx'
import { intervalText } from './peaks-figure.tsx'
import { CHANGE, HOUR, INTERVAL, OFFERED, PREDICTED, RECORDED, SEATS_MEAN } from './plan-words.ts'

type Hour = WhatIfResult['whatIf']['hours'][number]

const TITLE = { zh: '一天各小时：接通率与坐席', en: 'By hour of the day: rate and seats' }

const NOTE = {
  zh: '线：接通率（左轴，不从 0 起）；柱：平均坐席（右轴）。',
  en: 'Lines: the rate (left axis, does not begin at 0); bars: mean seats (right axis).',
}

/** The hours of the day, all days together: where the calls are lost, and how many seats are there. */
export function HoursFigure({ whatIf: { hours } }: { whatIf: WhatIfResult['whatIf'] }) {
  const say = useSay()
  const language = useLanguage()
  const words = { recorded: say(RECORDED), predicted: say(PREDICTED), seats: say(SEATS_MEAN) }
  return (
    <Figure
      id="hours"
      title={say(TITLE)}
      note={say(NOTE)}
      chart={
        <Chart
          label={`${say(TITLE)}: ${hours.map(({ hour, predicted }) => `${hour} ${percentText(predicted.ratio)}`).join(', ')}`}
          height={230}
          of={[hours, language]}
          option={(colours) => hoursOption(hours, words, colours)}
        />
      }
      table={
        <DataTable<Hour>
          caption={say(TITLE)}
          rows={hours}
          keyOf={({ hour }) => String(hour)}
          columns={[
            { head: say(HOUR), cell: ({ hour }) => hourText(hour), isRowHead: true },
            { head: say(OFFERED), kind: 'number', cell: ({ recorded }) => countText(recorded.offeredCount) },
            { head: say(RECORDED), kind: 'number', cell: ({ recorded }) => percentText(recorded.ratio) },
            { head: say(PREDICTED), kind: 'number', cell: ({ predicted }) => percentText(predicted.ratio) },
            { head: say(INTERVAL), kind: 'number', cell: ({ predicted }) => intervalText(predicted) },
            { head: say(CHANGE), kind: 'number', cell: ({ changePoints }) => signedPoints(changePoints) },
            { head: say(SEATS_MEAN), kind: 'number', cell: ({ seatsMean }) => seatsMean.toFixed(1) },
          ]}
        />
      }
    />
  )
}

function hourText(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`
}

interface HoursWords {
  recorded: string
  predicted: string
  seats: string
}

function hoursOption(hours: readonly Hour[], words: HoursWords, colours: ChartColours): ChartOption {
  const percentOf = (ratio: number | null) => (ratio === null ? null : 100 * ratio)
  const axis = { axisLabel: { color: colours.quiet }, axisLine: { lineStyle: { color: colours.line } } }
  return {
    legend: { top: 0, textStyle: { color: colours.quiet } },
    grid: { left: 8, right: 8, top: 36, bottom: 8, containLabel: true },
    xAxis: { type: 'category', data: hours.map(({ hour }) => String(hour)), axisTick: { show: false }, ...axis },
    yAxis: [
      {
        type: 'value',
        scale: true,
        max: 100,
        axisLabel: { color: colours.quiet, formatter: '{value}%' },
        splitLine: { lineStyle: { color: colours.line } },
      },
      {
        type: 'value',
        minInterval: 1,
        axisLabel: { color: colours.quiet },
        splitLine: { show: false },
      },
    ],
    tooltip: {
      trigger: 'axis',
      formatter: (params) => {
        const [shown] = params as unknown as { dataIndex: number }[]
        const { hour, recorded, predicted, seatsMean } = hours[shown!.dataIndex]!
        return [
          `${hourText(hour)} · ${countText(recorded.offeredCount)}`,
          `${words.recorded} ${percentText(recorded.ratio)}`,
          `${words.predicted} ${percentText(predicted.ratio)}`,
          `${words.seats} ${seatsMean.toFixed(1)}`,
        ].join('\n')
      },
    },
    series: [
      {
        type: 'bar',
        name: words.seats,
        yAxisIndex: 1,
        data: hours.map(({ seatsMean }) => seatsMean),
        itemStyle: { color: colours.line },
        barCategoryGap: '20%',
      },
      {
        type: 'line',
        name: words.recorded,
        data: hours.map(({ recorded }) => percentOf(recorded.ratio)),
        symbol: 'emptyCircle',
        symbolSize: 5,
        lineStyle: { color: colours.quiet, width: 1.5, type: 'dashed' },
        itemStyle: { color: colours.quiet },
      },
      {
        type: 'line',
        name: words.predicted,
        data: hours.map(({ predicted }) => percentOf(predicted.ratio)),
        symbol: 'circle',
        symbolSize: 6,
        lineStyle: { color: colours.accent, width: 2 },
        itemStyle: { color: colours.accent },
      },
    ],
  }
}
