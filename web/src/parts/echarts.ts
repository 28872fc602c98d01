/** The one file that knows ECharts: only the parts that are used are in the bundle. A new kind of chart is added here. */

import type { EChartsOption } from 'echarts'
import { BarChart, CustomChart, HeatmapChart, LineChart, ScatterChart } from 'echarts/charts'
import {
  BrushComponent,
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
  VisualMapComponent,
} from 'echarts/components'
import { type EChartsType, init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

export type ChartInstance = EChartsType
export type ChartOption = EChartsOption

use([
  SVGRenderer,
  LineChart,
  BarChart,
  ScatterChart,
  HeatmapChart,
  CustomChart,
  GridComponent,
  TooltipComponent,
  LegendComponent,
  MarkLineComponent,
  MarkAreaComponent,
  VisualMapComponent,
  DataZoomComponent,
  BrushComponent,
])

export function drawChart(box: HTMLElement): ChartInstance {
  return init(box, null, { renderer: 'svg' })
}
