import { useId } from 'preact/hooks'
import { addressWith, ask, useAddress } from '../address/address.ts'
import { Link } from '../address/link.tsx'
import { useNames } from '../answers/profile.ts'
import { useAnswer } from '../answers/use-answer.ts'
import { NOTHING, timeText } from '../figures/figure-text.ts'
import { useSay } from '../language/language.ts'
import { Answered } from '../parts/answered.tsx'
import { DataTable } from '../parts/data-table.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { PartChoice } from '../parts/part-choice.tsx'
import { askedPath, windowPath } from './asked-peaks.ts'
import { type Call, callTimes } from './call-times.ts'
import { OUTCOME_WORDS } from './peak-words.ts'
import './peaks.css'

interface CallsAnswer {
  calls: Call[]
  nextCursor: string | null
}

const TITLE = { zh: '通话', en: 'Calls' }
const BACK = { zh: '返回', en: 'Back to' }
const OUTCOME = { zh: '结果', en: 'Outcome' }
const ALL = { zh: '全部结果', en: 'All outcomes' }
const ARRIVED = { zh: '来电时间', en: 'Arrived' }
const CALL = { zh: '通话', en: 'Call' }
const LINE = { zh: '线路', en: 'Line' }
const REGION = { zh: '区域', en: 'Region' }
const WAIT = { zh: '等待', en: 'Wait' }
const TALK = { zh: '通话时长', en: 'Talk' }
const SEAT = { zh: '坐席', en: 'Seat' }
const REVISION = { zh: '版次', en: 'Revision' }
const NEXT = { zh: '下一页 →', en: 'Next page →' }
const FIRST = { zh: '第一页', en: 'First page' }
const NONE = { zh: '没有符合条件的通话。', en: 'There is no such call.' }
const CHOOSE = { zh: '请先选择时间，例如从某场高峰进入。', en: 'Choose a time first, for example by way of a peak.' }
const INBOUND_ALL = {
  zh: '列出该时段的全部话务记录，含自助与呼出；人工请求只是其中一部分。',
  en: 'All records of calls of this time, also those served by the menu and outbound ones: calls that asked for a person are a part of them.',
}
const PER_PAGE = '100'

/** The calls behind a figure, page by page, each leading to all its revisions. */
export default function CallsPage() {
  const say = useSay()
  const names = useNames()
  const id = useId()
  const { query } = useAddress()
  const [from, to, window] = [query.get('from'), query.get('to'), query.get('window')]
  const asked = { from, to, outcome: query.get('outcome'), cursor: query.get('cursor'), limit: PER_PAGE }
  const answer = useAnswer<CallsAnswer>(from === null || to === null ? null : askedPath('/v1/calls', query, asked))
  return (
    <div class="page peaks-page">
      {window === null || window === '' ? null : (
        <nav class="crumbs no-print">
          <Link to={windowPath(window, query)}>
            {say(BACK)} {names.window(window.split('@')[0]!)} {window.split('@')[1]}
          </Link>
        </nav>
      )}
      <PageHead title={say(TITLE)}>
        <span class="facts">
          <span>{from === null || to === null ? '' : `${from.replace('T', ' ')} – ${to.replace('T', ' ')}`}</span>
        </span>
        <PartChoice />
        <span class="field no-print">
          <label for={id}>{say(OUTCOME)}</label>
          <select
            id={id}
            value={query.get('outcome') ?? ''}
            onChange={({ currentTarget }) => ask({ outcome: currentTarget.value, cursor: null })}
          >
            <option value="">{say(ALL)}</option>
            {Object.entries(OUTCOME_WORDS).map(([outcome, words]) => (
              <option key={outcome} value={outcome}>
                {say(words)}
              </option>
            ))}
          </select>
        </span>
      </PageHead>
      {from === null || to === null ? <p class="notice">{say(CHOOSE)}</p> : null}
      {from === null || to === null ? null : (
        <Answered answer={answer}>
          {({ calls, nextCursor }) => (
            <section class="panel list">
              <p class="quiet">{say(INBOUND_ALL)}</p>
              <DataTable<Call>
                caption={say(TITLE)}
                rows={calls}
                keyOf={({ callId, arrivedAt }) => `${callId} ${arrivedAt}`}
                empty={say(NONE)}
                columns={[
                  {
                    head: say(ARRIVED),
                    isRowHead: true,
                    cell: ({ callId, arrivedAt }) => (
                      <Link to={`/calls/${encodeURIComponent(callId)}?${query}`} data-call={callId}>
                        {from.slice(0, 10) === arrivedAt.slice(0, 10) ? '' : `${arrivedAt.slice(5, 10)} `}
                        {timeText(arrivedAt)}
                        {arrivedAt.slice(16, 19)}
                      </Link>
                    ),
                  },
                  {
                    head: say(OUTCOME),
                    cell: ({ outcome, direction }) => (
                      <span class={outcome === 'ANSWERED' || direction === 'OUTBOUND' ? '' : 'unsure'}>
                        {direction === 'OUTBOUND' ? `${say({ zh: '呼出', en: 'outbound' })} · ` : ''}
                        {say(OUTCOME_WORDS[outcome] ?? { zh: outcome, en: outcome })}
                      </span>
                    ),
                  },
                  { head: say(WAIT), kind: 'number', cell: (call) => callTimes(call).wait },
                  { head: say(TALK), kind: 'number', cell: (call) => callTimes(call).talk },
                  { head: say(SEAT), cell: ({ agent }) => agent ?? NOTHING },
                  { head: say(LINE), cell: ({ line }) => names.line(line) },
                  { head: say(REGION), cell: ({ region }) => names.region(region) },
                  { head: say(REVISION), kind: 'number', cell: ({ revision }) => revision },
                  { head: say(CALL), cell: ({ callId }) => <code class="quiet">{callId}</code> },
                ]}
              />
              <p class="pages no-print">
                {query.get('cursor') === null ? null : <Link to={addressWith({ cursor: null })}>{say(FIRST)}</Link>}
                {nextCursor === null ? null : (
                  <Link to={addressWith({ cursor: nextCursor })} data-next>
                    {say(NEXT)}
                  </Link>
                )}
              </p>
            </section>
          )}
        </Answered>
      )}
    </div>
  )
}
