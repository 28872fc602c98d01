import type { RatesAnswer } from '../../../api/answers/rates-answer.ts'
import { useAnswer } from '../answers/use-answer.ts'
import type { ChartColours } from '../design/chart-colours.ts'
import { countText, percentText } from '../figures/figure-text.ts'
import { useLanguage, useSay } from '../language/language.ts'
import { Answered } from '../parts/answered.tsx'
import { Chart } from '../parts/chart.tsx'
import { DataTable } from '../parts/data-table.tsx'
import type { ChartOption } from '../parts/echarts.ts'
import { Figure } from '../parts/figure.tsx'

type Point = RatesAnswer['points'][number]

const TITLE = { zh: '逐月接通率', en: 'Connection rate by month' }
const NOTE = { zh: '纵轴不从 0 起', en: 'The axis does not begin at 0' }
const MONTH = { zh: '月份', en: 'Month' }
const RATE = { zh: '接通率', en: 'Rate' }
const COUNTS = { zh: '接通 / 人工请求', en: 'Answered / offered' }

export function MonthsFigure({ year }: { year: string }) {
  const say = useSay()
  const language = useLanguage()
  const answer = useAnswer<RatesAnswer>(`/v1/rates?grain=month&from=${year}-01-01&to=${Number(year) + 1}-01-01`)
  return (
    <Answered answer={answer}>
      {({ points }) => (
        <Figure
          id="months"
          title={say(TITLE)}
          chart={
            <>
              <Chart
                label={`${say(TITLE)} ${year}: ${points.map((point) => `${monthOf(point)} ${percentText(point.ratio)}`).join(', ')}`}
                height={150}
                of={[points, language]}
                option={(colours) => monthsOption(points, colours)}
              />
              <p class="quiet">{say(NOTE)}</p>
            </>
          }
          table={
            <DataTable
              caption={`${say(TITLE)} ${year}`}
              rows={points}
              keyOf={({ startAt }) => startAt}
              columns={[
                { head: say(MONTH), cell: monthOf, isRowHead: true },
                { head: say(RATE), cell: ({ ratio }) => percentText(ratio), kind: 'number' },
                {
                  head: say(COUNTS),
                  cell: ({ answeredCount, offeredCount }) => `${countText(answeredCount)} / ${countText(offeredCount)}`,
                  kind: 'number',
                },
              ]}
            />
          }
        />
      )}
    </Answered>
  )
}

function monthOf({ startAt }: Point): string {
  return startAt.slice(0, 7)
}

function monthsOption(points: readonly Point[], colours: ChartColours): ChartOption {
  return {
    xAxis: {
      type: 'category',
      data: points.map((point) => String(Number(monthOf(point).slice(5)))),
      axisLabel: { color: colours.quiet, interval: 0 },
      axisLine: { lineStyle: { color: colours.line } },
      axisTick: { show: false },
    },
    yAxis: {
      type: 'value',
      scale: true,
      minInterval: 0.5,
      axisLabel: { color: colours.quiet, formatter: '{value}%' },
      splitLine: { lineStyle: { color: colours.line } },
    },
    tooltip: {
      trigger: 'axis',
      formatter: (params) => {
        const [shown] = params as unknown as { dataIndex: number }[]
        const point = points[shown!.dataIndex]!
        return `${monthOf(point)}\n${percentText(point.ratio)}\n${countText(point.answeredCount)} / ${countText(point.offeredCount)}`
      },
    },
    series: [
      {
        type: 'line',
        data: points.map(({ ratio }) => (ratio === null ? null : 100 * ratio)),
        symbol: 'circle',
        symbolSize: 5,
        lineStyle: { color: colours.accent, width: 2 },
        itemStyle: { color: colours.accent },
      },
    ],
  }
}
