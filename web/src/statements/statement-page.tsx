import { addressWith, useAddress } from '../address/address.ts'
import { Link } from '../address/link.tsx'
import { usePage } from '../answers/use-answer.ts'
import { useSay } from '../language/language.ts'
import type { PageProps } from '../page-props.ts'
import { Answered } from '../parts/answered.tsx'
import { Download, PrintButton } from '../parts/download.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Paper } from '../parts/paper.tsx'
import { StatementDiff } from './statement-diff.tsx'

const TITLE = { zh: '定版报表', en: 'Statement' }
const ALL = { zh: '全部定版报表', en: 'All statements' }
const ISSUED = { zh: '发布时的原样', en: 'As it was issued' }
const DIFF = { zh: '之后的变化', en: 'Changes since' }
const VIEWS = { zh: '查看', en: 'View' }
const BYTES = { zh: 'JSON（原字节）', en: 'JSON (the bytes)' }

/** One statement: as it was issued, or what changed since. */
export default function StatementPage({ params }: PageProps) {
  const say = useSay()
  const isDiff = useAddress().query.get('view') === 'diff'
  const path = `/v1/statements/${encodeURIComponent(params.id!)}`
  const page = usePage(isDiff ? null : path)
  return (
    <div class="page">
      <PageHead title={`${say(TITLE)} ${params.id}`}>
        <Link to="/statements">{say(ALL)}</Link>
        <nav class="facts" aria-label={say(VIEWS)}>
          <Link to={addressWith({ view: null })} aria-current={isDiff ? undefined : 'page'}>
            {say(ISSUED)}
          </Link>
          <Link to={addressWith({ view: 'diff' })} aria-current={isDiff ? 'page' : undefined}>
            {say(DIFF)}
          </Link>
        </nav>
        <PrintButton />
        <Download path={path} form="application/json" fileName={`statement-${params.id}.json`} label={say(BYTES)} />
      </PageHead>
      {isDiff ? (
        <StatementDiff path={`${path}/diff`} />
      ) : (
        <Answered answer={page}>{(html) => <Paper html={html} label={`${say(TITLE)} ${params.id}`} />}</Answered>
      )}
    </div>
  )
}
