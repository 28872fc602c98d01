import type { StatementSummary } from '../../../api/answers/statement-answer.ts'
import { Link } from '../address/link.tsx'
import { useAnswer } from '../answers/use-answer.ts'
import { countText, momentText } from '../figures/figure-text.ts'
import { periodText } from '../figures/period-name.ts'
import { useLanguage, useSay } from '../language/language.ts'
import { Answered } from '../parts/answered.tsx'
import { DataTable } from '../parts/data-table.tsx'
import { StatusMark } from '../parts/mark.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { IssueForm } from './issue-form.tsx'

const TITLE = { zh: '定版报表', en: 'Statements' }
const WHAT = {
  zh: '发布过的数，按字节保存并带 SHA-256，永不改动。之后的记录若改变了它，差异页逐条列出。',
  en: 'Figures that were issued: kept byte by byte with their SHA-256 and never altered. What later records change is listed under differences.',
}
const NONE = { zh: '还没有发布过定版报表。', en: 'No statement was issued yet.' }
const HEADS = {
  period: { zh: '统计期', en: 'Period' },
  revision: { zh: '版次', en: 'Revision' },
  status: { zh: '状态', en: 'Status' },
  last: { zh: '最晚的记录', en: 'Last record' },
  evidence: { zh: '证据：话务 / 工单', en: 'Evidence: calls / tickets' },
  hash: { zh: 'SHA-256（前 12 位）', en: 'SHA-256 (first 12)' },
  diff: { zh: '之后的变化', en: 'Changes since' },
}
const ISSUED = { zh: '已发布', en: 'Issued' }
const DIFF = { zh: '差异', en: 'Differences' }

export default function StatementsPage() {
  const say = useSay()
  const language = useLanguage()
  const answer = useAnswer<{ statements: StatementSummary[] }>('/v1/statements')
  return (
    <div class="page">
      <PageHead title={say(TITLE)} />
      <p class="quiet">{say(WHAT)}</p>
      <IssueForm />
      <Answered answer={answer}>
        {({ statements }) => (
          <section class="panel" aria-labelledby="issued">
            <header class="panel-head">
              <h2 id="issued">{say(ISSUED)}</h2>
            </header>
            <DataTable
              caption={say(TITLE)}
              rows={statements}
              keyOf={({ id }) => id}
              empty={say(NONE)}
              columns={[
                {
                  head: say(HEADS.period),
                  cell: ({ id, period }) => <Link to={`/statements/${id}`}>{periodText(period, language)}</Link>,
                  isRowHead: true,
                },
                { head: say(HEADS.revision), cell: ({ revision }) => revision, kind: 'number' },
                { head: say(HEADS.status), cell: ({ status }) => <StatusMark status={status} /> },
                {
                  head: say(HEADS.last),
                  cell: ({ lastEmittedAt }) => <span class="nowrap">{momentText(lastEmittedAt)}</span>,
                },
                {
                  head: say(HEADS.evidence),
                  cell: ({ evidence }) => `${countText(evidence.calls)} / ${countText(evidence.tickets)}`,
                  kind: 'number',
                },
                { head: say(HEADS.hash), cell: ({ sha256 }) => <code title={sha256}>{sha256.slice(0, 12)}</code> },
                {
                  head: say(HEADS.diff),
                  cell: ({ id }) => <Link to={`/statements/${id}?view=diff`}>{say(DIFF)}</Link>,
                },
              ]}
            />
          </section>
        )}
      </Answered>
    </div>
  )
}
