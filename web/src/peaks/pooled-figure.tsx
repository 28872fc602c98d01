import type { PooledAnswer, StabilityAnswer } from '../../../api/answers/stability-shape.ts'
import { addressWith } from '../address/address.ts'
import { Link } from '../address/link.tsx'
import { useNames } from '../answers/profile.ts'
import { countText, NOTHING, signedPoints } from '../figures/figure-text.ts'
import { periodText } from '../figures/period-name.ts'
import { useLanguage, useSay } from '../language/language.ts'
import { DataTable } from '../parts/data-table.tsx'
import { Figure } from '../parts/figure.tsx'
import { VerdictMark } from '../parts/mark.tsx'
import { monthDays } from './asked-peaks.ts'
import { ANSWERED, DEVIATION, INTERVAL, OFFERED, RATE, VERDICT, WINDOW } from './peak-words.ts'
import { PooledPanel } from './pooled-panel.tsx'

const TITLE = { zh: '各高峰与总体之差，按月', en: 'Peaks beside the overall rate, by month' }
/** Deviations are drawn to scale up to so many times the tolerance. */
const FAR_TOLERANCES = 3
const SPAN = { zh: '期间', en: 'Span' }

/** Every peak by month with its interval, against the tolerance. */
export function PooledFigure({ stability }: { stability: StabilityAnswer }) {
  const say = useSay()
  const language = useLanguage()
  const names = useNames()
  const { pooled, tolerancePoints, confidence } = stability
  const peaks = [...new Set(pooled.map(({ period }) => period))]
  const drawn = pooled.filter(({ span }) => !span.includes('Q') || span === stability.period)
  const reach = reachOf(drawn, tolerancePoints)
  return (
    <Figure
      id="pooled"
      title={say(TITLE)}
      note={say({
        zh: `横线：${100 * confidence}%置信区间（个百分点）；浅色带：容许偏差${tolerancePoints}个百分点之内；0为总体接通率。点行看该月。`,
        en: `Lines: ${100 * confidence}% intervals in percentage points; pale band: within the tolerance of ${tolerancePoints} points; 0 is the overall rate. A row opens its month.`,
      })}
      chart={
        <div class="pooled">
          {peaks.map((peak) => (
            <PooledPanel
              key={peak}
              name={names.window(peak)}
              rows={drawn.filter(({ period }) => period === peak)}
              reach={reach}
              tolerancePoints={tolerancePoints}
            />
          ))}
        </div>
      }
      table={
        <DataTable<PooledAnswer>
          caption={say(TITLE)}
          rows={pooled}
          keyOf={({ period, span }) => `${period} ${span}`}
          columns={[
            { head: say(WINDOW), cell: ({ period }) => names.window(period), isRowHead: true },
            {
              head: say(SPAN),
              cell: ({ span }) =>
                span.length === 7 && !span.includes('Q') ? (
                  <Link to={addressWith({ ...monthDays(span) })}>{periodText(span, language)}</Link>
                ) : (
                  periodText(span, language)
                ),
            },
            { head: say(OFFERED), kind: 'number', cell: ({ offeredCount }) => countText(offeredCount) },
            { head: say(ANSWERED), kind: 'number', cell: ({ answeredCount }) => countText(answeredCount) },
            { head: say(RATE), kind: 'number', cell: ({ percent }) => (percent === null ? NOTHING : `${percent}%`) },
            { head: say(DEVIATION), kind: 'number', cell: ({ deviationPoints }) => signedPoints(deviationPoints) },
            {
              head: say(INTERVAL),
              kind: 'number',
              cell: ({ lowerPoints, upperPoints }) =>
                lowerPoints === null ? NOTHING : `${signedPoints(lowerPoints)} … ${signedPoints(upperPoints)}`,
            },
            { head: say(VERDICT), cell: ({ verdict }) => <VerdictMark verdict={verdict} /> },
          ]}
        />
      }
    />
  )
}

/** The same for all panels, so that they can be compared; what lies far beyond the tolerance is named at the edge instead. */
function reachOf(rows: readonly PooledAnswer[], tolerancePoints: number): { from: number; to: number } {
  const lowers = rows.flatMap(({ lowerPoints }) => (lowerPoints === null ? [] : [lowerPoints]))
  const uppers = rows.flatMap(({ upperPoints }) => (upperPoints === null ? [] : [upperPoints]))
  return {
    from: Math.max(Math.min(-1.4 * tolerancePoints, ...lowers) - 0.2, -FAR_TOLERANCES * tolerancePoints),
    to: Math.max(0.7 * tolerancePoints, ...uppers) + 0.2,
  }
}
