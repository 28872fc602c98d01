import { useRef, useState } from 'preact/hooks'
import type { StabilityAnswer } from '../../../api/answers/stability-shape.ts'
import { ask, go, useAddress } from '../address/address.ts'
import { countText, percentText, targetText } from '../figures/figure-text.ts'
import { dateAfter } from '../figures/period-name.ts'
import { useSay } from '../language/language.ts'
import { dateOfDay, dayNumber, scaleOf, ticksOf } from '../parts/scale.ts'
import { useWidth } from '../parts/use-width.ts'
import { type AskedDays, windowPath } from './asked-peaks.ts'
import { ControlLines } from './control-lines.tsx'
import type { ControlPoint } from './control-point.ts'
import { NO_DATA, OFFERED } from './peak-words.ts'

interface ControlChartProps {
  name: string
  points: readonly ControlPoint[]
  days: AskedDays
  meanRatio: number | null
  targetRatio: number | null
  standardRatio: number
  notes: StabilityAnswer['notes']
}

const HEIGHT_PX = 300
const LEFT_PX = 48
const RIGHT_PX = 12
const TOP_PX = 10
const BOTTOM_PX = 26
/** How near a click must be to mean a point, px. */
const NEAR_PX = 14
/** A shorter drag is a click. */
const DRAG_PX_MIN = 6
const SHOWS = { zh: '各场接通率与控制限', en: 'rates of its instances with control limits' }

export function ControlChart(props: ControlChartProps) {
  const { name, points, days, meanRatio, targetRatio, standardRatio, notes } = props
  const say = useSay()
  const { query } = useAddress()
  const { box, width } = useWidth<HTMLDivElement>()
  const [near, setNear] = useState<ControlPoint | null>(null)
  const [dragged, setDragged] = useState<{ fromPx: number; toPx: number } | null>(null)
  const pressedPx = useRef<number | null>(null)

  const firstDay = dayNumber(days.from)
  const lastDay = dayNumber(days.to) - 1
  const x = scaleOf(firstDay - 0.5, lastDay + 0.5, LEFT_PX, Math.max(width - RIGHT_PX, LEFT_PX + 1))
  const y = scaleOf(leastOf(points, targetRatio), 1, HEIGHT_PX - BOTTOM_PX, TOP_PX)
  const dayAt = (px: number) =>
    Math.round(firstDay - 0.5 + ((px - LEFT_PX) / Math.max(1, width - LEFT_PX - RIGHT_PX)) * (lastDay - firstDay + 1))
  const within = (day: number) => Math.min(Math.max(day, firstDay), lastDay)

  const placeOf = (event: PointerEvent) => {
    const { left, top } = (event.currentTarget as Element).getBoundingClientRect()
    return { px: event.clientX - left, py: event.clientY - top }
  }
  const nearest = ({ px, py }: { px: number; py: number }): ControlPoint | null => {
    let found: ControlPoint | null = null
    let distance = NEAR_PX
    for (const point of points) {
      const away = Math.hypot(x(dayNumber(point.date)) - px, y(point.ratio ?? y.from) - py)
      if (away < distance) [found, distance] = [point, away]
    }
    return found
  }
  const press = (event: PointerEvent) => {
    if (event.button !== 0) return
    pressedPx.current = placeOf(event).px
    ;(event.currentTarget as Element).setPointerCapture(event.pointerId)
  }
  const move = (event: PointerEvent) => {
    const place = placeOf(event)
    const fromPx = pressedPx.current
    if (fromPx !== null && Math.abs(place.px - fromPx) >= DRAG_PX_MIN) {
      setDragged({ fromPx: Math.min(fromPx, place.px), toPx: Math.max(fromPx, place.px) })
    }
    setNear(fromPx === null ? nearest(place) : null)
  }
  const release = (event: PointerEvent) => {
    const place = placeOf(event)
    const fromPx = pressedPx.current
    pressedPx.current = null
    setDragged(null)
    if (fromPx !== null && Math.abs(place.px - fromPx) >= DRAG_PX_MIN) {
      const from = within(dayAt(Math.min(fromPx, place.px)))
      const last = within(dayAt(Math.max(fromPx, place.px)))
      return ask({ from: dateOfDay(from), to: dateAfter(dateOfDay(last), 1) })
    }
    const point = nearest(place)
    if (point !== null) go(windowPath(point.id, query))
  }
  const letGo = () => {
    pressedPx.current = null
    setDragged(null)
    setNear(null)
  }

  return (
    <div ref={box} class="control">
      {width === 0 ? null : (
        <svg
          width={width}
          height={HEIGHT_PX}
          role="img"
          aria-label={`${name}: ${say(SHOWS)}`}
          class={near === null ? '' : 'near'}
          onPointerDown={press}
          onPointerMove={move}
          onPointerUp={release}
          onPointerCancel={letGo}
          onPointerLeave={() => setNear(null)}
        >
          <rect class="hit" width={width} height={HEIGHT_PX} />
          {notes.map(({ from, to, text }) => (
            <rect
              key={from}
              class="noted"
              x={x(dayNumber(from) - 0.5)}
              width={Math.max(2, x(dayNumber(to) - 0.5) - x(dayNumber(from) - 0.5))}
              y={TOP_PX}
              height={HEIGHT_PX - TOP_PX - BOTTOM_PX}
            >
              <title>{say(text)}</title>
            </rect>
          ))}
          {ticksOf(y.from, 1, 5).map((tick) => (
            <g key={tick}>
              <line class="grid" x1={LEFT_PX} x2={width - RIGHT_PX} y1={y(tick)} y2={y(tick)} />
              <text class="axis" x={LEFT_PX - 6} y={y(tick) + 4} text-anchor="end">
                {targetText(tick)}
              </text>
            </g>
          ))}
          {dateTicks(firstDay, lastDay, width).map((day) => (
            <text key={day} class="axis" x={x(day)} y={HEIGHT_PX - 8} text-anchor="middle">
              {dateOfDay(day).slice(5)}
            </text>
          ))}
          <ControlLines
            points={points}
            x={x}
            y={y}
            right={width - RIGHT_PX}
            left={LEFT_PX}
            meanRatio={meanRatio}
            targetRatio={targetRatio}
            standardRatio={standardRatio}
          />
          {dragged === null ? null : (
            <rect
              class="dragged"
              x={dragged.fromPx}
              width={dragged.toPx - dragged.fromPx}
              y={TOP_PX}
              height={HEIGHT_PX - TOP_PX - BOTTOM_PX}
            />
          )}
          {near === null ? null : (
            <circle class="near-point" cx={x(dayNumber(near.date))} cy={y(near.ratio ?? y.from)} r={6} />
          )}
        </svg>
      )}
      <p class="near-text" aria-hidden="true">
        {near === null
          ? '\u00a0'
          : `${near.date} · ${near.isSilent ? say(NO_DATA) : percentText(near.ratio)} · ${say(OFFERED)} ${countText(near.offeredCount)} · ${percentText(near.lower)} … ${percentText(near.upper)}`}
      </p>
    </div>
  )
}

/** Low enough for the target and every point, with a little room. */
function leastOf(points: readonly ControlPoint[], targetRatio: number | null): number {
  const ratios = points.flatMap(({ ratio }) => (ratio === null ? [] : [ratio]))
  return Math.max(0, Math.min(targetRatio ?? 0.9, 0.94, ...ratios) - 0.02)
}

/** First days of months, or single days where few are shown, as many as there is room for. */
function dateTicks(firstDay: number, lastDay: number, width: number): number[] {
  const days = Array.from({ length: lastDay - firstDay + 1 }, (_, at) => firstDay + at)
  const shown = days.length > 62 ? days.filter((day) => dateOfDay(day).endsWith('-01')) : days
  const step = Math.max(1, Math.ceil((shown.length * 52) / Math.max(1, width - LEFT_PX)))
  return shown.filter((_, at) => at % step === 0)
}
