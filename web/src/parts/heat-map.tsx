import { useEffect, useState } from 'preact/hooks'
import { countText, NOTHING, percentText } from '../figures/figure-text.ts'
import { WEEKDAY_WORDS, type Weekday } from '../figures/weekday-words.ts'
import { useSay } from '../language/language.ts'
import './heat-map.css'

/** One hour of one weekday. */
export interface HeatMapCell {
  weekday: Weekday
  hour: number
  offeredCount: number
  ratio: number | null
  hasEnoughCalls: boolean
  /** The exact rate as the API writes it; `null` without calls. */
  percent: string | null
}

export interface Heat {
  overall: { ratio: number | null }
  /** Monday to Sunday, each from hour 0 to 23. */
  cells: readonly HeatMapCell[]
}

const HOURS = Array.from({ length: 24 }, (_, hour) => hour)
const NARROW = '(max-width: 800px)'
const CAPTION = { zh: '每周各小时的接通率与人工请求数', en: 'Connection rate and calls by hour and weekday' }
const WEEKDAY = { zh: '星期', en: 'Weekday' }
const FEW = { zh: '样本过少', en: 'too few calls' }
const LEGEND = { zh: '与总体相比', en: 'Beside the overall rate' }

interface HeatMapProps {
  heat: Heat
  tolerancePoints: number
  /** What the map is about, where a page has several. */
  caption?: string
}

/** A table that is coloured by how far each hour lies from the overall rate. On a narrow page hours go down. */
export function HeatMap({ heat, tolerancePoints, caption }: HeatMapProps) {
  const say = useSay()
  const isNarrow = useNarrow()
  const weekdays = [...new Set(heat.cells.map(({ weekday }) => weekday))]
  const cellOf = new Map(heat.cells.map((cell) => [`${cell.weekday} ${cell.hour}`, cell]))
  const shown = (weekday: Weekday, hour: number) => (
    <HeatCell
      key={`${weekday} ${hour}`}
      cell={cellOf.get(`${weekday} ${hour}`)!}
      overall={heat.overall.ratio}
      tolerancePoints={tolerancePoints}
    />
  )
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section class="heat-scroll" tabIndex={0} aria-label={caption ?? say(CAPTION)}>
        <table class={isNarrow ? 'heat down' : 'heat'}>
          <caption class="unseen">{caption ?? say(CAPTION)}</caption>
          <thead>
            <tr>
              <th scope="col">
                <span class="unseen">{say(WEEKDAY)}</span>
              </th>
              {isNarrow
                ? weekdays.map((weekday) => (
                    <th key={weekday} scope="col">
                      {say(WEEKDAY_WORDS[weekday])}
                    </th>
                  ))
                : HOURS.map((hour) => (
                    <th key={hour} scope="col">
                      {hour}
                    </th>
                  ))}
            </tr>
          </thead>
          <tbody>
            {isNarrow
              ? HOURS.map((hour) => (
                  <tr key={hour}>
                    <th scope="row">{String(hour).padStart(2, '0')}</th>
                    {weekdays.map((weekday) => shown(weekday, hour))}
                  </tr>
                ))
              : weekdays.map((weekday) => (
                  <tr key={weekday}>
                    <th scope="row">{say(WEEKDAY_WORDS[weekday])}</th>
                    {HOURS.map((hour) => shown(weekday, hour))}
                  </tr>
                ))}
          </tbody>
        </table>
      </section>
      <HeatLegend tolerancePoints={tolerancePoints} label={say(LEGEND)} few={say(FEW)} />
    </>
  )
}

interface HeatCellProps {
  cell: HeatMapCell
  overall: number | null
  tolerancePoints: number
}

function HeatCell({ cell, overall, tolerancePoints }: HeatCellProps) {
  const say = useSay()
  const { weekday, hour, offeredCount, ratio, percent, hasEnoughCalls } = cell
  const step = ratio === null || overall === null ? 0 : stepOf(100 * (ratio - overall), tolerancePoints)
  const kind = ratio === null ? 'none' : hasEnoughCalls ? `step-${step}` : 'few'
  const title = `${say(WEEKDAY_WORDS[weekday])} ${hour}:00–${hour + 1}:00 · ${percent ?? NOTHING}% · ${countText(offeredCount)}${hasEnoughCalls ? '' : ` · ${say(FEW)}`}`
  return (
    <td class={kind} title={title} data-heat={`${weekday}-${hour}`}>
      {ratio === null ? NOTHING : percentText(ratio, 1).replace('%', '')}
      <small>{shortCount(offeredCount)}</small>
    </td>
  )
}

function HeatLegend({ tolerancePoints, label, few }: { tolerancePoints: number; label: string; few: string }) {
  const half = tolerancePoints / 2
  const steps = [
    `< −${tolerancePoints}`,
    `−${tolerancePoints}…−${half}`,
    `±${half}`,
    `+${half}…+${tolerancePoints}`,
    `> +${tolerancePoints}`,
  ]
  return (
    <p class="heat-legend quiet">
      {label}:
      {steps.map((text, at) => (
        <span key={text}>
          <i class={`step-${at + 1}`} aria-hidden="true" /> {text}
        </span>
      ))}
      <span>
        <i class="few" aria-hidden="true" /> {few}
      </span>
    </p>
  )
}

/** Five steps: beyond the tolerance below, half of it, about level, and the same above. */
function stepOf(points: number, tolerancePoints: number): number {
  if (points < -tolerancePoints) return 1
  if (points < -tolerancePoints / 2) return 2
  if (points <= tolerancePoints / 2) return 3
  return points <= tolerancePoints ? 4 : 5
}

/** 5,023 as 5.0k: a cell has room for four figures. */
function shortCount(count: number): string {
  if (count < 1000) return String(count)
  return count < 99_950 ? `${(count / 1000).toFixed(1)}k` : `${Math.round(count / 1000)}k`
}

function useNarrow(): boolean {
  const [isNarrow, setNarrow] = useState(() => matchMedia(NARROW).matches)
  useEffect(() => {
    const asked = matchMedia(NARROW)
    const told = () => setNarrow(asked.matches)
    asked.addEventListener('change', told)
    return () => asked.removeEventListener('change', told)
  }, [])
  return isNarrow
}
