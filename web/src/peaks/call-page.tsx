import { useAddress } from '../address/address.ts'
import { Link } from '../address/link.tsx'
import { useNames } from '../answers/profile.ts'
import { useAnswer } from '../answers/use-answer.ts'
import { NOTHING } from '../figures/figure-text.ts'
import { useSay, type Words } from '../language/language.ts'
import type { PageProps } from '../page-props.ts'
import { Answered } from '../parts/answered.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { windowPath } from './asked-peaks.ts'
import { type Call, callTimes } from './call-times.ts'
import { OUTCOME_WORDS } from './peak-words.ts'
import './peaks.css'

interface RevisionsAnswer {
  id: string
  revisions: Call[]
}

const TITLE = { zh: '一通电话', en: 'One call' }
const BACK = { zh: '返回', en: 'Back to' }
const BACK_TO_CALLS = { zh: '← 返回通话列表', en: '← Back to the calls' }
const CAPTION = { zh: '全部版次', en: 'All revisions' }
const REVISION = { zh: '版次', en: 'Revision' }
const SPEAKS = { zh: '计入', en: 'counted' }
const CHANGED = { zh: '与前一版不同', en: 'changed since the revision before' }
const NOTE = {
  zh: '记录有更正时各版都保留；计入的是每次来电最后一版。',
  en: 'Amended records keep all their revisions; of one arrival the last one is counted.',
}
const DIRECTIONS: Readonly<Record<string, Words>> = {
  INBOUND: { zh: '呼入', en: 'inbound' },
  OUTBOUND: { zh: '呼出', en: 'outbound' },
}

/** All that is known of one call: a column per revision, what an amendment changed marked. */
export default function CallPage({ params }: PageProps) {
  const say = useSay()
  const names = useNames()
  const { query } = useAddress()
  const window = query.get('window')
  const answer = useAnswer<RevisionsAnswer>(`/v1/calls/${encodeURIComponent(params.id!)}`)
  return (
    <div class="page peaks-page">
      <nav class="crumbs no-print">
        {query.get('from') === null ? null : <Link to={`/calls?${query}`}>{say(BACK_TO_CALLS)}</Link>}
        {window === null || window === '' ? null : (
          <Link to={windowPath(window, query)}>
            {say(BACK)} {names.window(window.split('@')[0]!)} {window.split('@')[1]}
          </Link>
        )}
      </nav>
      <PageHead title={say(TITLE)}>
        <code>{params.id}</code>
      </PageHead>
      <Answered answer={answer}>{({ revisions }) => <Revisions revisions={revisions} />}</Answered>
    </div>
  )
}

function Revisions({ revisions }: { revisions: readonly Call[] }) {
  const say = useSay()
  const names = useNames()
  const moment = (iso: string | null) =>
    iso === null
      ? NOTHING
      : iso
          .slice(0, 23)
          .replace('T', ' ')
          .replace(/[+Z].*$/, '')
  const rows: [Words, (call: Call) => string][] = [
    [{ zh: '结果', en: 'Outcome' }, ({ outcome }) => say(OUTCOME_WORDS[outcome] ?? { zh: outcome, en: outcome })],
    [{ zh: '方向', en: 'Direction' }, ({ direction }) => say(DIRECTIONS[direction]!)],
    [{ zh: '线路', en: 'Line' }, ({ line }) => names.line(line)],
    [{ zh: '区域', en: 'Region' }, ({ region }) => names.region(region)],
    [{ zh: '来电', en: 'Arrived' }, ({ arrivedAt }) => moment(arrivedAt)],
    [{ zh: '请求人工', en: 'Asked for a person' }, ({ queuedAt }) => moment(queuedAt)],
    [{ zh: '接通', en: 'Answered' }, ({ answeredAt }) => moment(answeredAt)],
    [{ zh: '结束', en: 'Ended' }, ({ endedAt }) => moment(endedAt)],
    [{ zh: '等待', en: 'Wait' }, (call) => callTimes(call).wait],
    [{ zh: '通话时长', en: 'Talk' }, (call) => callTimes(call).talk],
    [{ zh: '坐席', en: 'Seat' }, ({ agent }) => agent ?? NOTHING],
    [{ zh: '主叫（假名）', en: 'Caller (pseudonym)' }, ({ caller }) => (caller === '' ? NOTHING : caller)],
    [{ zh: '评价（1–5）', en: 'Rating (1–5)' }, ({ rating }) => (rating === null ? NOTHING : String(rating))],
    [{ zh: '写出时间', en: 'Written' }, ({ emittedAt }) => moment(emittedAt)],
  ]
  return (
    <section class="panel">
      <p class="quiet">{say(NOTE)}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section class="table-scroll" tabIndex={0} aria-label={say(CAPTION)}>
        <table class="data revisions">
          <caption class="unseen">{say(CAPTION)}</caption>
          <thead>
            <tr>
              <td />
              {revisions.map((call, at) => (
                <th
                  key={`${call.arrivedAt} ${call.revision} ${call.emittedAt}`}
                  scope="col"
                  data-revision={call.revision}
                >
                  {say(REVISION)} {call.revision}{' '}
                  {revisions[at + 1]?.arrivedAt === call.arrivedAt ? null : (
                    <span class="mark good">{say(SPEAKS)}</span>
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([words, of]) => (
              <tr key={words.en}>
                <th scope="row">{say(words)}</th>
                {revisions.map((call, at) => {
                  const before = revisions[at - 1]
                  const isChanged =
                    before !== undefined && before.arrivedAt === call.arrivedAt && of(before) !== of(call)
                  return (
                    <td
                      key={`${call.arrivedAt} ${call.revision} ${call.emittedAt}`}
                      class={isChanged ? 'amended' : ''}
                      title={isChanged ? say(CHANGED) : undefined}
                    >
                      {isChanged ? <b>{of(call)}</b> : of(call)}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  )
}
