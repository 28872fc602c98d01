import type { PooledAnswer } from '../../../api/answers/stability-shape.ts'
import { addressWith, go } from '../address/address.ts'
import { signedPoints } from '../figures/figure-text.ts'
import { periodText } from '../figures/period-name.ts'
import { useLanguage, useSay } from '../language/language.ts'
import { scaleOf, ticksOf } from '../parts/scale.ts'
import { useWidth } from '../parts/use-width.ts'
import { monthDays } from './asked-peaks.ts'

interface PooledPanelProps {
  name: string
  /** The whole period first, then its months. */
  rows: readonly PooledAnswer[]
  /** Percentage points from the left edge to the right. */
  reach: { from: number; to: number }
  tolerancePoints: number
}

const ROW_PX = 20
const LABEL_PX = 46
const AXIS_PX = 22
const WHOLE = { zh: '全期', en: 'whole' }
const SHOWS = { zh: '与总体之差，逐月', en: 'beside the overall rate, by month' }

/** One peak: a line per month. Shape as well as colour say the verdict. */
export function PooledPanel({ name, rows, reach, tolerancePoints }: PooledPanelProps) {
  const say = useSay()
  const language = useLanguage()
  const { box, width } = useWidth<HTMLDivElement>()
  const height = rows.length * ROW_PX + AXIS_PX
  const x = scaleOf(reach.from, reach.to, LABEL_PX, Math.max(width - 6, LABEL_PX + 1))
  const y = (at: number) => at * ROW_PX + ROW_PX / 2
  const open = (span: string) =>
    span.length === 7 && !span.includes('Q') ? () => go(addressWith({ ...monthDays(span) })) : undefined
  return (
    <div ref={box} class="pooled-panel">
      <h3>{name}</h3>
      {width === 0 ? null : (
        <svg width={width} height={height} role="img" aria-label={`${name}: ${say(SHOWS)}`}>
          <rect
            class="tolerated"
            x={x(-tolerancePoints)}
            width={x(reach.to) - x(-tolerancePoints)}
            height={rows.length * ROW_PX}
          />
          {ticksOf(reach.from, reach.to, Math.max(2, width / 70)).map((tick) => (
            <text key={tick} class="axis" x={x(tick)} y={height - 6} text-anchor="middle">
              {tick > 0 ? `+${tick}` : String(tick).replace('-', '−')}
            </text>
          ))}
          <line class="zero" x1={x(0)} x2={x(0)} y2={rows.length * ROW_PX} />
          <line class="tolerance" x1={x(-tolerancePoints)} x2={x(-tolerancePoints)} y2={rows.length * ROW_PX} />
          {rows.map((row, at) => {
            const label = at === 0 ? say(WHOLE) : shortSpan(row.span, language)
            return (
              // biome-ignore lint/a11y/noStaticElementInteractions: the table beside it leads to the same month by keyboard
              <g
                key={row.span}
                class={`pooled-row ${row.verdict}${at === 0 ? ' whole' : ''}`}
                data-pooled={`${row.period} ${row.span}`}
                onClick={open(row.span)}
              >
                <title>
                  {`${periodText(row.span, language)}: ${signedPoints(row.deviationPoints)} (${signedPoints(row.lowerPoints)} … ${signedPoints(row.upperPoints)})`}
                </title>
                <rect class="hit" y={at * ROW_PX} width={width} height={ROW_PX} />
                <text x={LABEL_PX - 8} y={y(at) + 4} text-anchor="end">
                  {label}
                </text>
                {row.deviationPoints === null || row.lowerPoints === null || row.upperPoints === null ? null : (
                  <>
                    <line class="interval" x1={x(row.lowerPoints)} x2={x(row.upperPoints)} y1={y(at)} y2={y(at)} />
                    <path class="point" d={shapeOf(row.verdict, x(row.deviationPoints), y(at))} />
                    {row.deviationPoints >= reach.from ? null : (
                      <text x={x(reach.from) + 9} y={y(at) + 4}>
                        ◂ {signedPoints(row.deviationPoints)}
                      </text>
                    )}
                  </>
                )}
              </g>
            )
          })}
        </svg>
      )}
    </div>
  )
}

/** Holds: a disc. Deviates: a triangle that points down. Too few calls: a square on its corner. */
function shapeOf(verdict: PooledAnswer['verdict'], x: number, y: number): string {
  if (verdict === 'stable') return `M${x - 4} ${y}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z`
  if (verdict === 'deviates') return `M${x - 5} ${y - 4}h10l-5 9z`
  return `M${x - 5} ${y}l5 -5l5 5l-5 5z`
}

function shortSpan(span: string, language: 'zh' | 'en'): string {
  if (span.length !== 7 || span.includes('Q')) return periodText(span, language)
  const month = Number(span.slice(5))
  return language === 'zh'
    ? `${month}月`
    : new Date(Date.UTC(2023, month - 1, 1)).toLocaleDateString('en-GB', { month: 'short', timeZone: 'UTC' })
}
