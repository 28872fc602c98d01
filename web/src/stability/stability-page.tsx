import { useAddress } from '../address/address.ts'
import { useProfile } from '../answers/profile.ts'
import { usePage } from '../answers/use-answer.ts'
import type { PeriodKind } from '../figures/period-name.ts'
import { useSay } from '../language/language.ts'
import { Answered } from '../parts/answered.tsx'
import { Download, PrintButton } from '../parts/download.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Paper } from '../parts/paper.tsx'
import { PartChoice, partQuery } from '../parts/part-choice.tsx'
import { PeriodChoice, usePeriod } from '../parts/period-choice.tsx'

const KINDS: readonly PeriodKind[] = ['year', 'quarter']
const TITLE = { zh: '稳定性报告', en: 'Stability report' }

/** The peaks of a year or a quarter against the overall rate, as it prints. */
export default function StabilityPage() {
  const say = useSay()
  const { id } = useProfile()
  const { query } = useAddress()
  const period = usePeriod(KINDS)
  const path = `/v1/stability/${period}${partQuery(query)}`
  const page = usePage(path)
  const file = [id, 'stability', period, query.get('line'), query.get('region')]
    .filter((word) => word !== null && word !== '')
    .join('-')
  return (
    <div class="page">
      <PageHead title={say(TITLE)}>
        <PeriodChoice kinds={KINDS} period={period} />
        <PartChoice />
        <PrintButton />
        <Download path={path} form="text/csv" fileName={`${file}.csv`} label="CSV" />
        <Download path={path} form="application/json" fileName={`${file}.json`} label="JSON" />
      </PageHead>
      <Answered answer={page}>{(html) => <Paper html={html} label={say(TITLE)} />}</Answered>
    </div>
  )
}
