import { useEffect, useRef } from 'preact/hooks'
import { useStore } from '../answers/store.ts'
import { type ChartColours, chartColours } from '../design/chart-colours.ts'
import { theme } from '../design/theme.ts'
import type { ChartInstance, ChartOption } from './echarts.ts'

interface ChartProps {
  /** One sentence that says what the chart shows, for those who do not see it; the table says the rest. */
  label: string
  height: number
  /** Made anew when `of` changes, and when the theme does. */
  option: (colours: ChartColours) => ChartOption
  /** What the option is made of; compared by identity. */
  of: readonly unknown[]
  /** Called once with the drawn chart, for clicks and brushes: `chart.on('click', …)`. */
  onReady?: (chart: ChartInstance) => void
}

/** A chart by ECharts, which is loaded when the first one is drawn. */
export function Chart({ label, height, option, of, onReady }: ChartProps) {
  const box = useRef<HTMLDivElement>(null)
  const drawn = useRef<ChartInstance | null>(null)
  const shade = useStore(theme)

  useEffect(() => {
    let isGone = false
    void import('./echarts.ts').then(({ drawChart }) => {
      if (isGone || box.current === null) return
      const colours = chartColours()
      if (drawn.current === null) {
        drawn.current = drawChart(box.current)
        onReady?.(drawn.current)
      }
      drawn.current.setOption({ ...plain(colours), ...option(colours) }, { notMerge: true })
    })
    return () => {
      isGone = true
    }
  }, [...of, shade])

  useEffect(() => {
    const seen = new ResizeObserver(() => drawn.current?.resize())
    if (box.current !== null) seen.observe(box.current)
    return () => {
      seen.disconnect()
      drawn.current?.dispose()
      drawn.current = null
    }
  }, [])

  return <div ref={box} class="chart" role="img" aria-label={label} style={{ height: `${height}px` }} />
}

/** What all charts have in common. Tooltips are drawn, not written as HTML: names in them are other people's text. */
function plain(colours: ChartColours): ChartOption {
  return {
    animation: false,
    textStyle: { fontFamily: colours.fontFamily, color: colours.ink, fontSize: 12 },
    tooltip: {
      renderMode: 'richText',
      confine: true,
      backgroundColor: colours.panel,
      borderColor: colours.line,
      textStyle: { color: colours.ink, fontSize: 12 },
    },
    grid: { left: 8, right: 12, top: 16, bottom: 8, containLabel: true },
  }
}
