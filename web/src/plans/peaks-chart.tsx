import type { WhatIfResult } from '../../../api/answers/plan-answer.ts'
import { percentText } from '../figures/figure-text.ts'
import { scaleOf, ticksOf } from '../parts/scale.ts'
import { useWidth } from '../parts/use-width.ts'

type Beside = WhatIfResult['whatIf']['overall']

/** A line of the chart: the whole period, or one peak. */
export interface RateRow extends Beside {
  id: string
  name: string
  /** `null` for the whole period, here and below. */
  seatsMean: number | null
  deviationPoints: number | null
}

interface PeaksChartProps {
  /** The whole period first. */
  rows: readonly RateRow[]
  tolerancePoints: number
  label: string
}

const ROW_PX = 28
const AXIS_PX = 22
/** Names stand above their line where there is no room beside it. */
const NARROW_PX = 560
const LABEL_PX = 190
const VALUE_PX = 62

/** Dots on a line of rates. Shape says what it is: hollow was, filled would have been, pointed down deviates. */
export function PeaksChart({ rows, tolerancePoints, label }: PeaksChartProps) {
  const { box, width } = useWidth<HTMLDivElement>()
  const isNarrow = width < NARROW_PX
  const rowPx = isNarrow ? ROW_PX + 14 : ROW_PX
  const overall = rows[0]!.predicted.ratio
  const edge = overall === null ? null : overall - tolerancePoints / 100
  const known = rows
    .flatMap(({ recorded, predicted }) => [recorded.ratio, predicted.ratio, predicted.lower, predicted.upper])
    .concat(edge)
    .filter((ratio) => ratio !== null)
  const from = Math.max(0, Math.min(...known) - 0.004)
  const to = Math.min(1, Math.max(...known) + 0.004)
  const left = isNarrow ? 6 : LABEL_PX
  const x = scaleOf(from, to, left, Math.max(left + 1, width - VALUE_PX))
  const y = (at: number) => at * rowPx + (isNarrow ? 28 : ROW_PX / 2)
  const height = rows.length * rowPx + AXIS_PX
  const text = rows.map(
    ({ name, recorded, predicted }) => `${name} ${percentText(recorded.ratio)} → ${percentText(predicted.ratio)}`,
  )
  return (
    <div ref={box} class="plan-peaks">
      {width === 0 ? null : (
        <svg width={width} height={height} role="img" aria-label={`${label}: ${text.join(', ')}`}>
          {ticksOf(from, to, Math.max(2, (width - left) / 90)).map((tick) => (
            <g key={tick}>
              <line class="plan-grid" x1={x(tick)} x2={x(tick)} y2={height - AXIS_PX} />
              <text class="plan-axis" x={x(tick)} y={height - 6} text-anchor="middle">
                {`${Number((100 * tick).toFixed(4))}%`}
              </text>
            </g>
          ))}
          {edge === null ? null : <line class="plan-edge" x1={x(edge)} x2={x(edge)} y1={rowPx} y2={height - AXIS_PX} />}
          {rows.map((row, at) => (
            <RateLine
              key={row.id}
              row={row}
              x={x}
              y={y(at)}
              labelX={left}
              isNarrow={isNarrow}
              endX={width}
              tolerancePoints={tolerancePoints}
            />
          ))}
        </svg>
      )}
    </div>
  )
}

interface RateLineProps {
  row: RateRow
  x: (ratio: number) => number
  y: number
  labelX: number
  endX: number
  isNarrow: boolean
  tolerancePoints: number
}

function RateLine({ row, x, y, labelX, endX, isNarrow, tolerancePoints }: RateLineProps) {
  const { name, id, recorded, predicted, deviationPoints } = row
  const isDeviating = deviationPoints !== null && deviationPoints < -tolerancePoints
  return (
    <g class={isDeviating ? 'plan-rate deviates' : 'plan-rate'} data-rate={id}>
      <title>
        {`${name}: ${percentText(recorded.ratio)} → ${percentText(predicted.ratio)} (${percentText(predicted.lower)} – ${percentText(predicted.upper)})`}
      </title>
      <text x={isNarrow ? 2 : labelX - 10} y={isNarrow ? y - 12 : y + 4} text-anchor={isNarrow ? 'start' : 'end'}>
        {name}
      </text>
      {predicted.lower === null || predicted.upper === null ? null : (
        <line class="interval" x1={x(predicted.lower)} x2={x(predicted.upper)} y1={y} y2={y} />
      )}
      {recorded.ratio === null ? null : <circle class="recorded" cx={x(recorded.ratio)} cy={y} r={5} />}
      {predicted.ratio === null ? null : <path class="predicted" d={shapeOf(isDeviating, x(predicted.ratio), y)} />}
      <text class="value" x={endX - 2} y={y + 4} text-anchor="end">
        {percentText(predicted.ratio)}
      </text>
    </g>
  )
}

function shapeOf(isDeviating: boolean, x: number, y: number): string {
  return isDeviating ? `M${x - 6} ${y - 5}h12l-6 10z` : `M${x - 4.5} ${y}a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0z`
}
