import { addressWith, ask, useAddress } from '../address/address.ts'
import { Link } from '../address/link.tsx'
import { useAnswer } from '../answers/use-answer.ts'
import { countText } from '../figures/figure-text.ts'
import { useLanguage, useSay } from '../language/language.ts'
import { Answered } from '../parts/answered.tsx'
import { DataTable } from '../parts/data-table.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { REJECT_WORDS } from './reject-words.ts'

interface RejectsAnswer {
  total: number
  byCode: Record<string, number>
  records: { topic: string; partition: number; offset: number; code: string; reason: string }[]
  nextCursor: string | null
}

const TITLE = { zh: '拒收记录', en: 'Rejects' }
const WHY = {
  zh: '到达而未计入的记录：每一条都留着，并有原因。内容只在命令行可看：npx steadyline rejects show。',
  en: 'Records that arrived and were not counted: each is kept, with its reason. What they hold is shown on the command line alone: npx steadyline rejects show.',
}
const NONE = { zh: '没有拒收的记录。', en: 'Nothing was rejected.' }
const BY_CODE = { zh: '按原因', en: 'By reason' }
const CODE = { zh: '原因', en: 'Reason' }
const COUNT = { zh: '条数', en: 'Records' }
const LIST = { zh: '逐条', en: 'One by one' }
const PLACE = { zh: '位置（主题/分区@偏移）', en: 'Place (topic/partition@offset)' }
const DETAIL = { zh: '说明', en: 'What was wrong' }
const ALL = { zh: '全部原因', en: 'All reasons' }
const NEXT = { zh: '下一页', en: 'Next page' }
const FIRST = { zh: '回到第一页', en: 'First page' }

/** What was not counted, and why. */
export default function RejectsPage() {
  const say = useSay()
  const language = useLanguage()
  const { query } = useAddress()
  const asked = new URLSearchParams()
  for (const name of ['code', 'cursor']) if (query.get(name) !== null) asked.set(name, query.get(name)!)
  const answer = useAnswer<RejectsAnswer>(`/v1/rejects?${asked}`)
  const wordsOf = (code: string) => say(REJECT_WORDS[code] ?? { zh: code, en: code })
  return (
    <div class="page">
      <PageHead title={say(TITLE)} />
      <p class="quiet">{say(WHY)}</p>
      <Answered answer={answer}>
        {({ total, byCode, records, nextCursor }) =>
          total === 0 ? (
            <p class="notice" data-total="0">
              {say(NONE)}
            </p>
          ) : (
            <>
              <section class="panel" aria-labelledby="by-code" data-total={total}>
                <header class="panel-head">
                  <h2 id="by-code">
                    {say(BY_CODE)}: {{ zh: `共 ${countText(total)} 条`, en: `${countText(total)} in all` }[language]}
                  </h2>
                  {query.get('code') === null ? null : (
                    <Link to={addressWith({ code: null, cursor: null })}>{say(ALL)}</Link>
                  )}
                </header>
                <DataTable
                  caption={say(BY_CODE)}
                  rows={Object.entries(byCode).sort(([, one], [, other]) => other - one)}
                  keyOf={([code]) => code}
                  columns={[
                    {
                      head: say(CODE),
                      cell: ([code]) => (
                        <Link
                          to={addressWith({ code, cursor: null })}
                          aria-current={query.get('code') === code ? 'true' : undefined}
                        >
                          {wordsOf(code)}
                        </Link>
                      ),
                      isRowHead: true,
                    },
                    { head: <span class="unseen">code</span>, cell: ([code]) => <code>{code}</code> },
                    { head: say(COUNT), cell: ([, count]) => countText(count), kind: 'number' },
                  ]}
                />
              </section>
              <section class="panel" aria-labelledby="list">
                <header class="panel-head">
                  <h2 id="list">{say(LIST)}</h2>
                  {query.get('cursor') === null ? null : <Link to={addressWith({ cursor: null })}>{say(FIRST)}</Link>}
                  {nextCursor === null ? null : (
                    <button type="button" onClick={() => ask({ cursor: nextCursor })}>
                      {say(NEXT)}
                    </button>
                  )}
                </header>
                <DataTable
                  caption={say(LIST)}
                  rows={records}
                  keyOf={({ topic, partition, offset }) => `${topic}/${partition}@${offset}`}
                  columns={[
                    {
                      head: say(PLACE),
                      cell: ({ topic, partition, offset }) => (
                        <span class="code nowrap">
                          {topic}/{partition}@{offset}
                        </span>
                      ),
                      isRowHead: true,
                    },
                    { head: say(CODE), cell: ({ code }) => wordsOf(code) },
                    { head: say(DETAIL), cell: ({ reason }) => reason },
                  ]}
                />
              </section>
            </>
          )
        }
      </Answered>
    </div>
  )
}
