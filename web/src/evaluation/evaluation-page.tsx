import { ask, useAddress } from '../address/address.ts'
import { useProfile } from '../answers/profile.ts'
import { usePage } from '../answers/use-answer.ts'
import type { PeriodKind } from '../figures/period-name.ts'
import { useSay } from '../language/language.ts'
import { Answered } from '../parts/answered.tsx'
import { Download, PrintButton } from '../parts/download.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Paper } from '../parts/paper.tsx'
import { PeriodChoice, usePeriod } from '../parts/period-choice.tsx'

const KINDS: readonly PeriodKind[] = ['year']
const TITLE = { zh: '绩效评价', en: 'Evaluation' }
const AS_OF = { zh: '按此刻所知', en: 'As known on' }
const NONE = { zh: '此方案没有评价指标。', en: 'This profile has no indicators to score.' }

/** The scorecard of a year as it prints; with a date, as it was known then. */
export default function EvaluationPage() {
  const say = useSay()
  const { id, hasEvaluation } = useProfile()
  const year = usePeriod(KINDS)
  const asOf = useAddress().query.get('asOf')
  const path = `/v1/evaluations/${year}${asOf === null ? '' : `?asOf=${encodeURIComponent(asOf)}`}`
  const page = usePage(hasEvaluation ? path : null)
  const file = `${id}-evaluation-${year}${asOf === null ? '' : `-as-of-${asOf.replaceAll(':', '')}`}`
  return (
    <div class="page">
      <PageHead title={say(TITLE)}>
        <PeriodChoice kinds={KINDS} period={year} />
        <span class="field no-print">
          <label for="as-of">{say(AS_OF)}</label>
          <input
            id="as-of"
            type="date"
            value={asOf?.slice(0, 10) ?? ''}
            onChange={({ currentTarget }) => ask({ asOf: currentTarget.value })}
          />
        </span>
        <PrintButton />
        <Download path={path} form="text/csv" fileName={`${file}.csv`} label="CSV" />
        <Download path={path} form="application/json" fileName={`${file}.json`} label="JSON" />
      </PageHead>
      {hasEvaluation ? (
        <Answered answer={page}>{(html) => <Paper html={html} label={say(TITLE)} />}</Answered>
      ) : (
        <p class="notice">{say(NONE)}</p>
      )}
    </div>
  )
}
