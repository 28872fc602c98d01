import { useRef } from 'preact/hooks'
import type { ChartColours } from '../design/chart-colours.ts'
import { useLanguage } from '../language/language.ts'
import { Chart } from '../parts/chart.tsx'
import type { ChartOption } from '../parts/echarts.ts'

export interface ExpectedPoint {
  name: string
  /** On the axis. */
  short: string
  expected: number
  lower: number
  upper: number
}

interface ForecastChartProps {
  label: string
  words: { expected: string; interval: string }
  points: readonly ExpectedPoint[]
  decimals: number
  /** Told the name of the point that was clicked. */
  onChoose?: (name: string) => void
}

/** Counts to come with the band in which they are expected. */
export function ForecastChart({ label, words, points, decimals, onChoose }: ForecastChartProps) {
  const language = useLanguage()
  const shown = useRef(points)
  shown.current = points
  return (
    <Chart
      label={`${label}: ${points.map(({ name, expected }) => `${name} ${expected.toFixed(decimals)}`).join(', ')}`}
      height={220}
      of={[points, language]}
      option={(colours) => forecastOption(points, words, decimals, colours)}
      onReady={(chart) => {
        if (onChoose === undefined) return
        chart.getZr().on('click', ({ offsetX, offsetY }) => {
          if (!chart.containPixel('grid', [offsetX, offsetY])) return
          const [place] = chart.convertFromPixel('grid', [offsetX, offsetY]) as [number, number]
          const point = shown.current[Math.round(place)]
          if (point !== undefined) onChoose(point.name)
        })
      }}
    />
  )
}

function forecastOption(
  points: readonly ExpectedPoint[],
  words: ForecastChartProps['words'],
  decimals: number,
  colours: ChartColours,
): ChartOption {
  const edge = { type: 'line', symbol: 'none', stack: 'band', lineStyle: { opacity: 0 }, silent: true } as const
  return {
    grid: { left: 8, right: 16, top: 12, bottom: 8, containLabel: true },
    xAxis: {
      type: 'category',
      boundaryGap: false,
      data: points.map(({ short }) => short),
      axisLabel: { color: colours.quiet, hideOverlap: true },
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colours.line } },
    },
    yAxis: { type: 'value', axisLabel: { color: colours.quiet }, splitLine: { lineStyle: { color: colours.line } } },
    tooltip: {
      trigger: 'axis',
      formatter: (params) => {
        const [hit] = params as unknown as { dataIndex: number }[]
        const { name, expected, lower, upper } = points[hit!.dataIndex]!
        return `${name}\n${words.expected} ${expected.toFixed(decimals)}\n${words.interval} ${lower} – ${upper}`
      },
    },
    series: [
      { ...edge, data: points.map(({ lower }) => lower) },
      {
        ...edge,
        data: points.map(({ lower, upper }) => upper - lower),
        areaStyle: { color: colours.accent, opacity: 0.15 },
      },
      {
        type: 'line',
        data: points.map(({ expected }) => expected),
        symbol: points.length > 40 ? 'none' : 'circle',
        symbolSize: 5,
        lineStyle: { color: colours.accent, width: 2 },
        itemStyle: { color: colours.accent },
      },
    ],
  }
}
