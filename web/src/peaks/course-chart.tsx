import type { WindowAnswer } from '../../../api/answers/window-answer.ts'
import { go } from '../address/address.ts'
import { countText, percentText } from '../figures/figure-text.ts'
import { useSay } from '../language/language.ts'
import { scaleOf, ticksOf } from '../parts/scale.ts'
import { useWidth } from '../parts/use-width.ts'

type Point = WindowAnswer['course'][number]

interface CourseChartProps {
  course: readonly Point[]
  text: (instant: string) => string
  callsOf: (point: Point) => string
}

const HEIGHT_PX = 220
const LEFT_PX = 34
const TOP_PX = 18
const BOTTOM_PX = 22
/** A bar narrower than this has no room for its rate, px. */
const LABELLED_PX_MIN = 30
const SHOWS = { zh: '人工请求与接通，与平时相比', en: 'Calls offered and answered beside what is usual' }

export function CourseChart({ course, text, callsOf }: CourseChartProps) {
  const say = useSay()
  const { box, width } = useWidth<HTMLDivElement>()
  const most = Math.max(
    4,
    ...course.flatMap(({ offeredCount, usualOfferedCount }) => [offeredCount, usualOfferedCount ?? 0]),
  )
  const y = scaleOf(0, most, HEIGHT_PX - BOTTOM_PX, TOP_PX)
  const step = Math.max(0, width - LEFT_PX) / Math.max(1, course.length)
  const gap = step > 6 ? 2 : 0
  const left = (at: number) => LEFT_PX + at * step
  const labelEvery = Math.max(1, Math.ceil((text(course[0]?.startAt ?? '').length * 8) / Math.max(1, step)))
  return (
    <div ref={box} class="course">
      {width === 0 ? null : (
        <svg width={width} height={HEIGHT_PX} role="img" aria-label={say(SHOWS)}>
          <defs>
            <pattern id="lost" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <rect class="lost-ground" width="5" height="5" />
              <line class="lost-line" y2="5" />
            </pattern>
          </defs>
          {ticksOf(0, most, 4).map((tick) => (
            <g key={tick}>
              <line class="grid" x1={LEFT_PX} x2={width} y1={y(tick)} y2={y(tick)} />
              <text class="axis" x={LEFT_PX - 5} y={y(tick) + 4} text-anchor="end">
                {tick}
              </text>
            </g>
          ))}
          {course.map((point, at) => (
            // biome-ignore lint/a11y/noStaticElementInteractions: the table beside it leads to the same calls by keyboard
            <g key={point.startAt} class="bar" data-bar={point.startAt} onClick={() => go(callsOf(point))}>
              <title>{`${text(point.startAt)}: ${countText(point.answeredCount)} / ${countText(point.offeredCount)} = ${percentText(point.ratio, 1)}`}</title>
              <rect class="hit" x={left(at)} width={step} y={TOP_PX} height={HEIGHT_PX - TOP_PX - BOTTOM_PX} />
              <rect
                class="answered"
                x={left(at) + gap / 2}
                width={Math.max(1, step - gap)}
                y={y(point.answeredCount)}
                height={y(0) - y(point.answeredCount)}
              />
              <rect
                fill="url(#lost)"
                x={left(at) + gap / 2}
                width={Math.max(1, step - gap)}
                y={y(point.offeredCount)}
                height={y(point.answeredCount) - y(point.offeredCount)}
              />
              {at % labelEvery !== 0 ? null : (
                <text class="axis" x={left(at)} y={HEIGHT_PX - 6}>
                  {text(point.startAt)}
                </text>
              )}
            </g>
          ))}
          <path class="usual" d={usualLine(course, left, step, y)} />
          {course.map(({ startAt, ratio, offeredCount }, at) =>
            step < LABELLED_PX_MIN || ratio === null ? null : (
              <text key={startAt} class="rate" x={left(at) + step / 2} y={y(offeredCount) - 4} text-anchor="middle">
                {Math.round(100 * ratio)}%
              </text>
            ),
          )}
        </svg>
      )}
    </div>
  )
}

function usualLine(
  course: readonly Point[],
  left: (at: number) => number,
  step: number,
  y: (count: number) => number,
): string {
  return course
    .map(({ usualOfferedCount }, at) => {
      if (usualOfferedCount === null) return ''
      const move = at === 0 || course[at - 1]!.usualOfferedCount === null ? 'M' : 'L'
      return `${move}${left(at)} ${y(usualOfferedCount)}H${left(at) + step}`
    })
    .join('')
}
