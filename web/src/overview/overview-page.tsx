import type { PeriodAnswer } from '../../../api/answers/period-answer.ts'
import { useAnswer } from '../answers/use-answer.ts'
import { momentText } from '../figures/figure-text.ts'
import { kpisPathOf, type PeriodKind, periodText } from '../figures/period-name.ts'
import { useLanguage, useSay } from '../language/language.ts'
import { Answered } from '../parts/answered.tsx'
import { StatusMark } from '../parts/mark.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { PeriodChoice, usePeriod } from '../parts/period-choice.tsx'
import { EmptyStore } from './empty-store.tsx'
import { FreshnessPanel } from './freshness-panel.tsx'
import { KpiTable } from './kpi-table.tsx'
import { MonthsFigure } from './months-figure.tsx'
import './overview.css'
import { RunningPeak } from './running-peak.tsx'
import { StabilityPanel } from './stability-panel.tsx'

const KINDS: readonly PeriodKind[] = ['year', 'quarter', 'month']
const TITLE = { zh: '指标与高峰', en: 'KPIs and peaks' }
const AS_OF = { zh: '截至', en: 'as of' }
const NONE_YET = { zh: '尚无', en: 'not yet' }

/** Whether the year stands where it should and the peaks hold: in ten seconds. */
export default function OverviewPage() {
  const say = useSay()
  const language = useLanguage()
  const period = usePeriod(KINDS)
  const answer = useAnswer<PeriodAnswer>(kpisPathOf(period))
  return (
    <div class="page">
      <PageHead
        title={
          language === 'zh' ? `${periodText(period, 'zh')}${say(TITLE)}` : `${say(TITLE)}, ${periodText(period, 'en')}`
        }
      >
        {answer.value === null ? null : (
          <span class="facts">
            <StatusMark status={answer.value.status} />
            <span data-as-of>
              {say(AS_OF)} {answer.value.asOf === null ? say(NONE_YET) : momentText(answer.value.asOf)}
            </span>
          </span>
        )}
        <PeriodChoice kinds={KINDS} period={period} />
      </PageHead>
      <Answered answer={answer}>
        {(kpis) => (
          <>
            <EmptyStore answer={kpis} />
            <StabilityPanel period={period} />
            <div class="columns">
              <KpiTable answer={kpis} />
              <div class="side">
                <RunningPeak from={kpis.from} to={kpis.to} />
                <MonthsFigure year={period.slice(0, 4)} />
                <FreshnessPanel />
              </div>
            </div>
          </>
        )}
      </Answered>
    </div>
  )
}
