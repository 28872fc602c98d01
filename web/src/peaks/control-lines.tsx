import { targetText } from '../figures/figure-text.ts'
import { useSay } from '../language/language.ts'
import { dayNumber, type Scale } from '../parts/scale.ts'
import type { ControlPoint } from './control-point.ts'

interface ControlLinesProps {
  points: readonly ControlPoint[]
  x: Scale
  y: Scale
  left: number
  right: number
  meanRatio: number | null
  targetRatio: number | null
  standardRatio: number
}

const MEAN = { zh: '均值', en: 'mean' }
const TARGET = { zh: '合同目标', en: 'contract target' }
const STANDARD = { zh: '国标', en: 'national standard' }

/** Points, the limits of each, and the three lines that they are measured by. */
export function ControlLines({ points, x, y, left, right, meanRatio, targetRatio, standardRatio }: ControlLinesProps) {
  const say = useSay()
  const place = ({ date }: ControlPoint) => x(dayNumber(date))
  const rules = [
    { kind: 'mean', ratio: meanRatio, name: say(MEAN) },
    { kind: 'standard', ratio: standardRatio, name: say(STANDARD) },
    { kind: 'target', ratio: targetRatio, name: say(TARGET) },
  ]
  return (
    <>
      <path class="limit" d={stepsOf(points, place, ({ upper }) => upper, y)} />
      <path class="limit" d={stepsOf(points, place, ({ lower }) => lower, y)} />
      {rules.map(({ kind, ratio, name }) =>
        ratio === null || ratio < y.from ? null : (
          <g key={kind} class={`rule ${kind}`}>
            <line x1={left} x2={right} y1={y(ratio)} y2={y(ratio)} />
            {kind === 'mean' ? null : (
              <text x={left + 6} y={y(ratio) + 14}>
                {name} {targetText(ratio)}
              </text>
            )}
          </g>
        ),
      )}
      {points.map((point) =>
        point.ratio === null ? (
          point.isSilent ? (
            <text key={point.id} class="silent" x={place(point)} y={y(y.from) - 3} text-anchor="middle">
              ×
            </text>
          ) : null
        ) : (
          <path
            key={point.id}
            class={point.signal === 'low' ? 'point low' : 'point'}
            d={
              point.signal === 'low'
                ? `M${place(point) - 5} ${y(point.ratio) - 4}h10l-5 9z`
                : `M${place(point) - 2.5} ${y(point.ratio)}a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0z`
            }
            data-point={point.id}
          />
        ),
      )}
    </>
  )
}

/** A line that keeps its height from half a day before each point to half a day after. */
function stepsOf(
  points: readonly ControlPoint[],
  place: (point: ControlPoint) => number,
  of: (point: ControlPoint) => number | null,
  y: Scale,
): string {
  const drawn = points.filter((point) => of(point) !== null)
  return drawn
    .map((point, at) => {
      const before = at === 0 ? place(point) : (place(drawn[at - 1]!) + place(point)) / 2
      return `${at === 0 ? 'M' : 'H'}${before} ${at === 0 ? y(of(point)!) : ''}V${y(of(point)!)}H${place(point)}`
    })
    .join('')
}
