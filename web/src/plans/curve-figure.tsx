import type { SeatsResult } from '../../../api/answers/plan-answer.ts'
import { useNames } from '../answers/profile.ts'
import type { ChartColours } from '../design/chart-colours.ts'
import { percentText, signedPoints } from '../figures/figure-text.ts'
import { useLanguage, useSay } from '../language/language.ts'
import { Chart } from '../parts/chart.tsx'
import { DataTable } from '../parts/data-table.tsx'
import type { ChartOption } from '../parts/echarts.ts'
import { Figure } from '../parts/figure.tsx'
import { FROM_OVERALL, failingText, LEAST_24_HOURS, OVERALL, SEAT_HOURS } from './plan-words.ts'

type Trial = SeatsResult['found']['curve'][number]

const TITLE = { zh: '坐席与接通率', en: 'Seats against rate' }
const LEAST_PEAK = { zh: '最低高峰', en: 'Least peak' }
const HOLDS = { zh: '是否满足', en: 'Holds' }
const FLOOR = { zh: '下限', en: 'Floor' }
const YES = { zh: '✓ 满足', en: '✓ holds' }
const LEAST = { zh: '✓ 最少', en: '✓ least' }
const FAILING_MAX = 4

/** The rate that more and more seats come to, along rosters of one level of service each. */
export function CurveFigure({ result: { found, terms } }: { result: SeatsResult }) {
  const say = useSay()
  const language = useLanguage()
  const names = useNames()
  const { curve, least } = found
  const isLeast = (trial: Trial) => least !== null && trial.seatHoursPerWeek === least.seatHoursPerWeek && trial.holds
  const words = {
    overall: say(OVERALL),
    peak: say(LEAST_PEAK),
    rolling: say(LEAST_24_HOURS),
    floor: say(FLOOR),
    hours: say(SEAT_HOURS),
  }
  const holdsText = (trial: Trial) => {
    if (trial.holds) return say(isLeast(trial) ? LEAST : YES)
    const failing = trial.failing.map(({ what }) => failingText(what, names, language))
    const more = failing.length - FAILING_MAX
    return failing.slice(0, FAILING_MAX).join(language === 'zh' ? '、' : ', ') + (more > 0 ? ` … +${more}` : '')
  }
  return (
    <Figure
      id="curve"
      title={say(TITLE)}
      note={say({
        zh: '实心满足要求，空心不满足；大点为找到的最少坐席。虚横线为下限。纵轴不从 0 起。',
        en: 'Filled: holds; hollow: does not; the large one is the least that was found. Dashed across: the floor. The axis does not begin at 0.',
      })}
      chart={
        <Chart
          label={`${say(TITLE)}: ${curve.map((trial) => `${trial.seatHoursPerWeek.toFixed(0)} ${percentText(trial.ratio)} ${holdsText(trial)}`).join('; ')}`}
          height={300}
          of={[curve, language]}
          option={(colours) => curveOption({ curve, floor: terms.floor, isLeast, words, holdsText, colours })}
        />
      }
      table={
        <DataTable<Trial>
          caption={say(TITLE)}
          rows={curve}
          keyOf={({ seatHoursPerWeek, ratio }) => `${seatHoursPerWeek} ${ratio}`}
          columns={[
            {
              head: words.hours,
              kind: 'number',
              cell: ({ seatHoursPerWeek }) => seatHoursPerWeek.toFixed(1),
              isRowHead: true,
            },
            { head: words.overall, kind: 'number', cell: ({ ratio }) => percentText(ratio) },
            { head: words.peak, kind: 'number', cell: ({ leastPeakRatio }) => percentText(leastPeakRatio) },
            {
              head: say(FROM_OVERALL),
              kind: 'number',
              cell: ({ leastDeviationPoints }) => signedPoints(leastDeviationPoints),
            },
            { head: words.rolling, kind: 'number', cell: ({ leastRolling }) => percentText(leastRolling) },
            { head: say(HOLDS), cell: holdsText },
          ]}
        />
      }
    />
  )
}

interface CurveQuestion {
  curve: readonly Trial[]
  /** 0 to 1. */
  floor: number
  isLeast: (trial: Trial) => boolean
  words: { overall: string; peak: string; rolling: string; floor: string; hours: string }
  holdsText: (trial: Trial) => string
  colours: ChartColours
}

function curveOption({ curve, floor, isLeast, words, holdsText, colours }: CurveQuestion): ChartOption {
  const points = (ratioOf: (trial: Trial) => number | null) =>
    curve.map((trial) => {
      const ratio = ratioOf(trial)
      return [trial.seatHoursPerWeek, ratio === null ? null : 100 * ratio]
    })
  const thin = (name: string, ratioOf: (trial: Trial) => number | null, colour: string, type: 'dashed' | 'dotted') => ({
    type: 'line' as const,
    name,
    data: points(ratioOf),
    symbol: 'none',
    lineStyle: { color: colour, width: 1.5, type },
    itemStyle: { color: colour },
  })
  return {
    legend: { top: 0, textStyle: { color: colours.quiet }, data: [words.overall, words.peak, words.rolling] },
    grid: { left: 8, right: 24, top: 36, bottom: 26, containLabel: true },
    xAxis: {
      type: 'value',
      scale: true,
      name: words.hours,
      nameLocation: 'middle',
      nameGap: 24,
      nameTextStyle: { color: colours.quiet },
      axisLabel: { color: colours.quiet },
      axisLine: { lineStyle: { color: colours.line } },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value',
      scale: true,
      max: 100,
      axisLabel: { color: colours.quiet, formatter: '{value}%' },
      splitLine: { lineStyle: { color: colours.line } },
    },
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'line', snap: true },
      formatter: (params) => {
        const [shown] = params as unknown as { dataIndex: number }[]
        const trial = curve[shown!.dataIndex]!
        return [
          `${words.hours} ${trial.seatHoursPerWeek.toFixed(1)}`,
          `${words.overall} ${percentText(trial.ratio)}`,
          `${words.peak} ${percentText(trial.leastPeakRatio)}`,
          `${words.rolling} ${percentText(trial.leastRolling)}`,
          holdsText(trial),
        ].join('\n')
      },
    },
    series: [
      thin(words.peak, ({ leastPeakRatio }) => leastPeakRatio, colours.unsure, 'dashed'),
      thin(words.rolling, ({ leastRolling }) => leastRolling, colours.target, 'dotted'),
      {
        type: 'line',
        name: words.overall,
        data: curve.map((trial) => ({
          value: [trial.seatHoursPerWeek, trial.ratio === null ? null : 100 * trial.ratio],
          symbolSize: isLeast(trial) ? 15 : 8,
          itemStyle: {
            color: trial.holds ? colours.accent : colours.panel,
            borderColor: colours.accent,
            borderWidth: 2,
          },
        })),
        symbol: 'circle',
        lineStyle: { color: colours.accent, width: 2 },
        itemStyle: { color: colours.accent },
        markLine: {
          silent: true,
          symbol: 'none',
          lineStyle: { color: colours.quiet, type: 'dashed' },
          label: {
            formatter: `${words.floor} ${percentText(floor)}`,
            position: 'insideStartTop',
            color: colours.quiet,
          },
          data: [{ yAxis: 100 * floor }],
        },
      },
    ],
  }
}
